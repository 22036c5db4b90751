// Pictures of a batch's pages: drawn when they come into view, few at a time, nearest first; only what is needed is fetched.
import * as pdfjs from '../lib/pdfjs/pdf.min.mjs';

const lib = new URL('../lib/pdfjs/', import.meta.url);
pdfjs.GlobalWorkerOptions.workerSrc = new URL('pdf.worker.min.mjs', lib).href;

const atOnce = 2;
const worker = new pdfjs.PDFWorker(); // one for all: a divided batch has a file for each of its letters
const documents = new Map();
const waiting = new Set();
let drawing = 0;

function open(url) {
  if (!documents.has(url)) {
    documents.set(url, pdfjs.getDocument({
      url, worker, wasmUrl: new URL('wasm/', lib).href, verbosity: 0, disableAutoFetch: true, disableStream: true,
      rangeChunkSize: 1 << 20,
    }).promise);
  }
  return documents.get(url);
}

// A canvas that is filled when the promise is kept; width in CSS pixels. Turned by so many degrees beyond the page's own rotation.
export async function picture(paper, width, height, turned) {
  const pdf = await open(paper.dataset.pdf);
  const page = await pdf.getPage(Number(paper.dataset.page));
  const rotation = (page.rotate + turned) % 360;
  const whole = page.getViewport({ scale: 1, rotation });
  const density = Math.min(window.devicePixelRatio || 1, 2);
  const scale = Math.min(width / whole.width, height / whole.height) * density;
  const viewport = page.getViewport({ scale, rotation });
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.floor(viewport.width));
  canvas.height = Math.max(1, Math.floor(viewport.height));
  canvas.setAttribute('aria-hidden', 'true');
  await page.render({ canvas, viewport, annotationMode: pdfjs.AnnotationMode.DISABLE }).promise;
  page.cleanup();
  return canvas;
}

function distance(paper) {
  const box = paper.getBoundingClientRect();
  return Math.abs(box.top + box.height / 2 - window.innerHeight / 2);
}

async function work() {
  if (drawing >= atOnce || waiting.size === 0) return;
  const paper = [...waiting].reduce((best, other) => (distance(other) < distance(best) ? other : best));
  waiting.delete(paper);
  drawing++;
  const turn = paper.dataset.turn ?? '0';
  try {
    const canvas = await picture(paper, paper.clientWidth, paper.clientHeight, Number(turn));
    paper.querySelector('canvas')?.remove();
    paper.append(canvas);
    paper.dataset.drawn = 'true';
  } catch (error) {
    paper.dataset.drawn = 'failed'; // its text stays: a link to the page
    console.warn('A page could not be shown: ' + error.message);
  }
  if ((paper.dataset.turn ?? '0') !== turn) waiting.add(paper); // turned meanwhile
  drawing--;
  work();
}

// A page whose picture was drawn before it was turned; others are drawn as they come into view.
export function drawAgain(paper) {
  if (!paper.dataset.drawn) return;
  waiting.add(paper);
  work();
}

export function drawWhenSeen(papers) {
  const watcher = new IntersectionObserver(entries => {
    for (const { target, isIntersecting } of entries) {
      if (target.dataset.drawn) watcher.unobserve(target);
      else if (isIntersecting) waiting.add(target);
      else waiting.delete(target);
    }
    for (let i = 0; i < atOnce; i++) work();
  }, { rootMargin: '50% 0px' });
  papers.forEach(paper => watcher.observe(paper));
}
