// Shows a letter's PDF: pages below each other, text to select, marks where a reason stands on the paper.
import * as pdfjs from '../lib/pdfjs/pdf.min.mjs';
import { connectMarks } from './marks.js';

const lib = new URL('../lib/pdfjs/', import.meta.url);
pdfjs.GlobalWorkerOptions.workerSrc = new URL('pdf.worker.min.mjs', lib).href;

const zoomSteps = [0.5, 0.67, 0.8, 1, 1.25, 1.5, 2, 3, 4];
const millimetresPerPoint = 25.4 / 72;

class Viewer {
  constructor(root) {
    this.root = root;
    this.area = root.querySelector('.viewer-pages');
    this.status = root.querySelector('[data-status]');
    this.zoom = 1;
    this.pages = [];
    this.marks = [];
    root.querySelector('.viewer-bar').addEventListener('click', event => {
      const action = event.target.closest('[data-do]')?.dataset.do;
      if (action) this.act(action);
    });
    this.area.addEventListener('keydown', event => this.key(event));
    this.area.addEventListener('scroll', () => this.tellPage(), { passive: true });
    this.watcher = new IntersectionObserver(entries => {
      for (const entry of entries) if (entry.isIntersecting) this.draw(this.pages[entry.target.dataset.index]);
    }, { root: this.area, rootMargin: '100% 0px' });
    this.resizing = new ResizeObserver(() => this.fitSoon());
  }

  async open() {
    try {
      const task = pdfjs.getDocument({ url: this.root.dataset.pdf, wasmUrl: new URL('wasm/', lib).href, verbosity: 0 });
      const pdf = await task.promise;
      for (let number = 1; number <= pdf.numPages; number++) this.add(await pdf.getPage(number), number);
    } catch (error) {
      this.root.dataset.state = 'failed';
      this.root.querySelector('.viewer-fault').hidden = false;
      console.warn('The PDF could not be shown: ' + error.message);
      return;
    }
    this.layout();
    this.resizing.observe(this.area);
    await this.draw(this.pages[0]);
    this.pages.forEach(page => this.watcher.observe(page.element));
    this.tellPage();
    this.root.dataset.state = 'ready';
  }

  add(pdfPage, number) {
    const element = document.createElement('div');
    element.className = 'viewer-page';
    element.dataset.index = String(number - 1);
    const marks = document.createElement('div');
    marks.className = 'viewer-marks';
    element.append(marks);
    this.area.append(element);
    const size = pdfPage.getViewport({ scale: 1 });
    this.pages.push({ pdfPage, number, element, marks, width: size.width, height: size.height, drawn: 0, drawing: null });
  }

  // Scale 1 fills the width of the area.
  layout() {
    const inner = Math.max(200, this.area.clientWidth - 24);
    for (const page of this.pages) {
      page.scale = inner / page.width * this.zoom;
      page.element.style.width = Math.floor(page.width * page.scale) + 'px';
      page.element.style.height = Math.floor(page.height * page.scale) + 'px';
    }
  }

  async draw(page) {
    if (page.drawn === page.scale) return;
    if (page.drawing !== null) page.drawing.cancel();
    const scale = page.drawn = page.scale;
    const viewport = page.pdfPage.getViewport({ scale });
    const density = Math.min(window.devicePixelRatio || 1, 3);
    const canvas = document.createElement('canvas');
    canvas.width = Math.floor(viewport.width * density);
    canvas.height = Math.floor(viewport.height * density);
    canvas.setAttribute('aria-hidden', 'true');
    const drawing = page.pdfPage.render({
      canvas, viewport, transform: density === 1 ? null : [density, 0, 0, density, 0, 0], annotationMode: pdfjs.AnnotationMode.DISABLE,
    });
    page.drawing = drawing;
    try {
      await drawing.promise;
    } catch (error) {
      if (error.name === 'RenderingCancelledException') return;
      throw error;
    }
    page.drawing = null;
    page.element.querySelectorAll('canvas, .textLayer').forEach(old => old.remove());
    const text = document.createElement('div');
    text.className = 'textLayer';
    text.style.setProperty('--total-scale-factor', String(scale));
    page.element.prepend(canvas);
    page.element.append(text);
    await new pdfjs.TextLayer({ textContentSource: page.pdfPage.streamTextContent(), container: text, viewport }).render();
    page.element.dataset.drawn = 'true';
  }

  redraw() {
    const share = this.area.scrollTop / Math.max(1, this.area.scrollHeight);
    this.layout();
    this.area.scrollTop = share * this.area.scrollHeight;
    const top = this.area.scrollTop - this.area.clientHeight;
    const bottom = this.area.scrollTop + 2 * this.area.clientHeight;
    for (const page of this.pages) {
      const { offsetTop, offsetHeight } = page.element;
      if (offsetTop < bottom && offsetTop + offsetHeight > top) this.draw(page);
    }
    this.tellPage();
  }

  fitSoon() {
    const width = this.area.clientWidth;
    if (width === this.lastWidth) return;
    this.lastWidth = width;
    clearTimeout(this.fitting);
    this.fitting = setTimeout(() => this.redraw(), 120);
  }

  act(action) {
    if (action === 'next') this.go(this.current() + 1);
    if (action === 'previous') this.go(this.current() - 1);
    if (action === 'fit') this.setZoom(1);
    if (action === 'in') this.setZoom(zoomSteps.find(step => step > this.zoom + 0.01) ?? this.zoom);
    if (action === 'out') this.setZoom(zoomSteps.findLast(step => step < this.zoom - 0.01) ?? this.zoom);
  }

  key(event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const action = { '+': 'in', '-': 'out', '0': 'fit', ArrowRight: 'next', ArrowLeft: 'previous' }[event.key];
    const wide = this.area.scrollWidth > this.area.clientWidth;
    if (!action || (wide && event.key.startsWith('Arrow'))) return;
    event.preventDefault();
    event.stopPropagation();
    this.act(action);
  }

  setZoom(zoom) {
    this.zoom = zoom;
    this.redraw();
  }

  current() {
    const line = this.area.scrollTop + this.area.clientHeight / 3;
    return Math.max(0, this.pages.findLastIndex(page => page.element.offsetTop <= line));
  }

  go(index) {
    const page = this.pages[Math.max(0, Math.min(index, this.pages.length - 1))];
    this.area.scrollTop = page.element.offsetTop - 8;
  }

  tellPage() {
    const words = this.root.dataset.words.replace('{0}', this.current() + 1).replace('{1}', this.pages.length)
      .replace('{2}', Math.round(this.zoom * 100));
    if (this.status.textContent !== words) this.status.textContent = words;
  }

  // Boxes as [page, left, top, width, height] in millimetres of the page as shown.
  mark(boxes, scroll, faint) {
    this.marks.forEach(mark => mark.remove());
    this.marks = boxes.filter(([number]) => this.pages[number - 1]).map(([number, left, top, width, height]) => {
      const page = this.pages[number - 1];
      const mark = document.createElement('div');
      mark.className = faint ? 'viewer-mark faint' : 'viewer-mark';
      mark.style.left = left / (page.width * millimetresPerPoint) * 100 + '%';
      mark.style.top = top / (page.height * millimetresPerPoint) * 100 + '%';
      mark.style.width = width / (page.width * millimetresPerPoint) * 100 + '%';
      mark.style.height = height / (page.height * millimetresPerPoint) * 100 + '%';
      page.marks.append(mark);
      return mark;
    });
    if (scroll && this.marks.length > 0) this.reveal(this.marks[0]);
  }

  reveal(mark) {
    const area = this.area.getBoundingClientRect();
    const box = mark.getBoundingClientRect();
    if (box.top < area.top || box.bottom > area.bottom) this.area.scrollTop += box.top - area.top - area.height / 3;
    if (box.left < area.left || box.right > area.right) this.area.scrollLeft += box.left - area.left - area.width / 4;
  }
}

for (const root of document.querySelectorAll('.viewer[data-pdf]')) {
  const viewer = new Viewer(root);
  viewer.open().finally(() => connectMarks(viewer)); // marks need the pages they lie on
}
