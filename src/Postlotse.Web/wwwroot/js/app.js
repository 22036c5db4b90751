// Every page: news from the server, focus on what a page says first, warnings before leaving work behind.

const live = document.body.dataset.live;
const wantsNews = () => document.querySelector('[hx-trigger*="live"]') !== null;
let source = null;
let waiting = null;

// Several changes within a moment make one reload.
function announce() {
  if (waiting !== null) return;
  waiting = setTimeout(() => {
    waiting = null;
    document.body.dispatchEvent(new Event('live'));
  }, 250);
}

function open() {
  if (!live || source !== null || document.hidden || !wantsNews()) return;
  source = new EventSource(live);
  source.addEventListener('changed', announce);
  source.addEventListener('open', () => { document.body.dataset.liveState = 'open'; });
}

function close() {
  source?.close();
  source = null;
}

// Browsers allow six connections to a host: a page in the background gives its one back and catches up when it is looked at again.
document.addEventListener('visibilitychange', () => {
  if (document.hidden) {
    close();
  } else {
    open();
    announce();
  }
});
window.addEventListener('pagehide', close);
window.addEventListener('pageshow', open);
open();

document.querySelectorAll('[data-print]').forEach(button => button.addEventListener('click', () => window.print()));

// A list to tick in can be long: typing narrows it.
document.querySelectorAll('input[data-filters]').forEach(input => {
  const entries = [...document.getElementById(input.dataset.filters).children];
  input.addEventListener('input', () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(word => word);
    for (const entry of entries) {
      const text = entry.textContent.toLowerCase();
      entry.hidden = !entry.querySelector('input:checked') && words.some(word => !text.includes(word));
    }
  });
});
