// The page of a batch with keyboard and mouse. What counts is the form: every step sets its boxes and lists, and can be undone.
import { drawAgain, drawWhenSeen, picture } from './pagepictures.js';

const desk = document.querySelector('[data-desk]');
const roles = ['Letter', 'Enclosure', 'Blank', 'Separator'];
const words = desk.dataset;
const fill = (text, ...values) => values.reduce((result, value, i) => result.replace(`{${i}}`, value), text);

// In the order they stand in now; index is the place there, id the number the page has in the batch.
let pages = [...desk.querySelectorAll('.sheet')].map((element, index) => ({
  element, index, id: index,
  box: element.querySelector('.seam input'),
  seam: element.querySelector('.seam'),
  list: element.querySelector('select'),
  paper: element.querySelector('.paper'),
  name: element.querySelector('[data-name]'),
  changed: element.querySelector('.changed'),
  fixed: element.dataset.fixed === 'true',
}));
const said = desk.querySelector('[data-said]');
const sheets = [...pages];
const list = desk.querySelector('.sheets');
const arrangement = desk.querySelector('[data-arrangement]');
const mayRearrange = words.rearrange === 'true';
const undo = desk.querySelector('[data-do=undo]');
const view = desk.querySelector('[data-view]');
const past = [];
let chosen = 0;
let shown = 0;
let saving = false;

const read = () => pages.map(page => ({ id: page.id, turn: 0, begins: page.box.checked, role: page.list.value }));
let state = read();

// What the server makes of it as well (Repair.Restate), so that nothing is a surprise after saving.
function settle(next) {
  let open = false;
  let behindFixed = false;
  next.forEach((page, i) => {
    if (!pages[i].fixed) {
      if (page.role === 'Separator') page.begins = false;
      else if (behindFixed || (!open && page.role !== 'Blank')) page.begins = true;
      if (page.begins && page.role === 'Enclosure') page.role = 'Letter';
    }
    open = page.role !== 'Separator' && (open || page.begins);
    behindFixed = pages[i].fixed;
  });
  return next;
}

function same(a, b) {
  return a.every((page, i) => page.id === b[i].id && page.turn === b[i].turn && page.begins === b[i].begins && page.role === b[i].role);
}

function tell(text) {
  said.textContent = text;
}

// Takes a step: change gets a copy of the state. False when it comes to nothing.
function step(change) {
  const next = state.map(page => ({ ...page }));
  change(next);
  pages.forEach((page, i) => { if (page.fixed) next[i] = { ...state[i] }; });
  settle(next);
  if (same(next, state)) {
    show(); // a box that was ticked by hand goes back
    return false;
  }
  past.push(state);
  state = next;
  show();
  tell(words.unsaved);
  return true;
}

// The pages in the order of the state, and the field that tells the server of it.
function place() {
  const moved = state.some((page, i) => page.id !== pages[i].id);
  pages = state.map(page => sheets[page.id]);
  pages.forEach((page, i) => {
    page.index = i;
    const turn = String(state[i].turn);
    if ((page.paper.dataset.turn ?? '0') === turn) return;
    page.paper.dataset.turn = turn;
    drawAgain(page.paper);
  });
  if (moved) list.replaceChildren(...pages.map(page => page.element));
  arrangement.value = state.map(page => `${page.id + 1}:${page.turn}`).join(',');
}

function show() {
  place();
  let letters = 0;
  let owner = null;
  let doubts = 0;
  const sizes = [];
  const owners = state.map(page => {
    if (page.role === 'Separator') owner = null;
    else if (page.begins) {
      owner = letters++;
      sizes.push(0);
    }
    if (owner !== null) sizes[owner]++;
    return owner;
  });
  pages.forEach((page, i) => {
    const { begins, role } = state[i];
    page.box.checked = begins;
    page.list.value = role;
    page.seam.draggable = begins && !page.fixed;
    page.element.dataset.role = role;
    page.element.classList.toggle('begins', begins);
    page.element.classList.toggle('other', owners[i] !== null && owners[i] % 2 === 1);
    page.name.textContent = begins ? fill(words.letter, owners[i] + 1, sizes[owners[i]]) : '';
    const changed = begins !== (page.element.dataset.saved === 'true') || role !== page.element.dataset.savedRole
      || page.id !== i || state[i].turn !== 0;
    page.changed.hidden = !changed;
    if (page.element.dataset.doubt) doubts++;
    const kind = page.list.options[page.list.selectedIndex].textContent;
    // Behind the picture, and the link's name; where there is no picture the server says why.
    if (page.paper.dataset.pdf)
      page.paper.firstElementChild.textContent = fill(words.page, page.id + 1, begins ? kind + ', ' + page.name.textContent : kind);
  });
  desk.querySelector('[data-summary]').textContent = fill(words.count, letters, pages.length);
  desk.querySelector('[data-doubt-count]').textContent = doubts > 0 ? fill(words.doubts, doubts) : '';
  undo.disabled = past.length === 0;
}

function takeBack() {
  if (past.length === 0) return;
  const here = pages[chosen];
  state = past.pop();
  show();
  choose(here.index, list.contains(document.activeElement) || document.activeElement === document.body);
  tell(words.undone);
}

function choose(index, focus = true) {
  chosen = Math.max(0, Math.min(index, pages.length - 1));
  pages.forEach((page, i) => {
    const here = i === chosen;
    page.element.classList.toggle('chosen', here);
    page.paper.setAttribute('aria-current', String(here));
    for (const control of [page.paper, page.box, page.list]) control.tabIndex = here ? 0 : -1;
  });
  if (focus) {
    pages[chosen].paper.focus({ preventScroll: true });
    pages[chosen].element.scrollIntoView({ block: 'nearest' });
  }
  enlarge();
}

// The chosen page, large. Of several choices in a row only the last one is drawn.
async function enlarge() {
  const number = ++shown;
  const { id, paper, list } = pages[chosen];
  desk.querySelector('[data-view-name]').textContent = fill(words.page, id + 1, list.options[list.selectedIndex].textContent);
  if (view.clientWidth === 0) return;
  if (!paper.dataset.pdf) {
    const text = document.createElement('p');
    text.textContent = paper.textContent.trim();
    view.replaceChildren(text);
    return;
  }
  await new Promise(resolve => setTimeout(resolve, 60));
  if (number !== shown) return;
  try {
    const canvas = await picture(paper, view.clientWidth - 16, view.clientHeight - 16, state[chosen].turn);
    if (number === shown) view.replaceChildren(canvas);
    view.dataset.shown = String(id + 1);
  } catch (error) {
    console.warn('A page could not be shown: ' + error.message);
  }
}

function cut(index) {
  const done = step(next => { next[index].begins = !next[index].begins; });
  if (!done) tell(pages[index].fixed ? words.fixed : words.stays);
}

// What a page is, or all from it to the end of its letter.
function setRole(index, role, toEnd) {
  step(next => {
    let end = index + 1;
    while (toEnd && end < next.length && !next[end].begins && next[end].role !== 'Separator') end++;
    for (let i = index; i < end; i++) {
      next[i].role = role;
      if (role === 'Enclosure') next[i].begins = false; // belongs to the letter before
    }
  });
}

function move(from, to) {
  if (from === to || to < 0 || to >= pages.length || !state[from].begins || pages[from].fixed || pages[to].fixed) return;
  const done = step(next => {
    next[from].begins = false;
    next[to].begins = true;
  });
  if (!done) return;
  choose(to);
  tell(fill(words.moved, pages[to].id + 1));
}

// The page above or below: as many pages on as there are in a row.
function row() {
  const top = pages[0].element.offsetTop;
  const second = pages.findIndex(page => page.element.offsetTop > top);
  return second < 0 ? pages.length : second;
}

function nextDoubt() {
  const doubtful = pages.filter(page => page.element.dataset.doubt).map(page => page.index);
  if (doubtful.length > 0) choose(doubtful.find(index => index > chosen) ?? doubtful[0]);
}

// All that is known of a page goes with it.
function put(from, to) {
  if (from === to || to < 0 || to >= pages.length) return;
  if (!mayRearrange) {
    tell(words.orderFixed);
    return;
  }
  const { id } = pages[from];
  step(next => next.splice(to, 0, ...next.splice(from, 1)));
  choose(sheets[id].index);
  tell(fill(words.placed, id + 1, sheets[id].index + 1));
}

function turn() {
  if (!mayRearrange) {
    tell(words.orderFixed);
    return;
  }
  step(next => { next[chosen].turn = (next[chosen].turn + 90) % 360; });
  enlarge();
  tell(fill(words.turned, pages[chosen].id + 1, state[chosen].turn));
}

const actions = {
  back: () => choose(chosen - 1, false), next: () => choose(chosen + 1, false), turn, undo: takeBack,
  before: () => put(chosen, chosen - 1), behind: () => put(chosen, chosen + 1),
};

function key(event) {
  const control = event.ctrlKey || event.metaKey;
  if (control && !event.altKey && event.key.toLowerCase() === 's') desk.requestSubmit();
  else if (control && !event.altKey && event.key.toLowerCase() === 'z') takeBack();
  else if (control || event.target.closest('select')) return;
  else if (event.target.closest('.sheets') === null || !press(event)) return;
  event.preventDefault();
}

function press(event) {
  if (event.altKey) {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by !== undefined) put(chosen, chosen + by);
    return by !== undefined;
  }
  const digit = /^(?:Digit|Numpad)([1-4])$/.exec(event.code);
  const go = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -row(), ArrowDown: row(), Home: -pages.length, End: pages.length }[event.key];
  if (digit !== null) setRole(chosen, roles[digit[1] - 1], event.shiftKey);
  else if (event.shiftKey && (go === 1 || go === -1)) move(chosen, chosen + go);
  else if (go !== undefined) choose(chosen + go);
  else if (event.key === ' ' && event.target !== pages[chosen].box) cut(chosen);
  else if (event.key.toLowerCase() === 'n') nextDoubt();
  else if (event.key.toLowerCase() === 'u') takeBack();
  else if (event.key.toLowerCase() === 'r') turn();
  else return false;
  return true;
}

desk.addEventListener('keydown', key);
desk.addEventListener('click', event => {
  const action = event.target.closest('[data-do]')?.dataset.do;
  if (action) actions[action]();
});
for (const page of pages) {
  page.paper.addEventListener('click', event => {
    event.preventDefault();
    choose(page.index);
  });
  page.element.addEventListener('focusin', () => { if (chosen !== page.index) choose(page.index, false); });
  page.box.addEventListener('change', () => cut(page.index));
  page.list.addEventListener('change', () => setRole(page.index, page.list.value, false));
  page.seam.addEventListener('dragstart', event => {
    event.dataTransfer.setData('text/plain', String(page.index));
    event.dataTransfer.effectAllowed = 'move';
    desk.dataset.dragged = String(page.index);
  });
  page.seam.addEventListener('dragend', () => delete desk.dataset.dragged);
  page.paper.draggable = mayRearrange;
  page.paper.addEventListener('dragstart', event => {
    event.dataTransfer.setData('text/plain', String(page.index));
    event.dataTransfer.effectAllowed = 'move';
    desk.dataset.lifted = String(page.index);
  });
  page.paper.addEventListener('dragend', () => delete desk.dataset.lifted);
  page.element.addEventListener('dragover', event => {
    if (desk.dataset.lifted === undefined && (desk.dataset.dragged === undefined || page.fixed)) return;
    event.preventDefault();
    page.element.classList.add('over');
  });
  page.element.addEventListener('dragleave', () => page.element.classList.remove('over'));
  page.element.addEventListener('drop', event => {
    event.preventDefault();
    page.element.classList.remove('over');
    if (desk.dataset.lifted !== undefined) put(Number(desk.dataset.lifted), page.index);
    else if (desk.dataset.dragged !== undefined) move(Number(desk.dataset.dragged), page.index);
  });
}
desk.addEventListener('submit', event => {
  if (saving) event.preventDefault();
  saving = true;
});
window.addEventListener('pageshow', () => { saving = false; });
window.addEventListener('beforeunload', event => { if (!saving && pages.some(page => !page.changed.hidden)) event.preventDefault(); });

desk.classList.add('live');
const told = [...arrangement.value.matchAll(/(\d+):(\d+)/g)].map(part => ({ id: Number(part[1]) - 1, turn: Number(part[2]) }));
if (mayRearrange && new Set(told.map(page => page.id)).size === state.length && told.every(page => state[page.id]))
  state = told.map(page => ({ ...state[page.id], turn: page.turn }));
settle(state);
show();
const first = pages.findIndex(page => page.element.dataset.doubt);
choose(first < 0 ? 0 : first, first > 0);
drawWhenSeen(pages.map(page => page.paper).filter(paper => paper.dataset.pdf));
