// Clearing with the keyboard. Single keys can be switched off (WCAG 2.1.4); the choice stays in this browser.

const memory = 'postlotse.shortcuts';
const choice = document.getElementById('shortcuts');
const panel = document.querySelector('[data-clearing]');
let acted = false;

const isOff = () => localStorage.getItem(memory) === 'off';

function tell() {
  choice.checked = !isOff();
  document.body.classList.toggle('no-shortcuts', isOff());
}

choice?.addEventListener('change', () => {
  localStorage.setItem(memory, choice.checked ? 'on' : 'off');
  tell();
});
if (choice) tell();

function busy(element) {
  return element.closest('a, button, input, select, textarea, summary, [contenteditable]') !== null;
}

function reveal(field) {
  field.closest('details')?.setAttribute('open', '');
  field.focus();
}

document.addEventListener('keydown', event => {
  if (!panel || isOff() || event.ctrlKey || event.altKey || event.metaKey || event.repeat || busy(event.target)) return;
  const number = event.key === 'Enter' ? '1' : event.key;
  const button = document.querySelector(`button[data-key="${CSS.escape(number)}"]`);
  const field = { '/': 'office', '0': 'reason' }[event.key];
  if (button) button.click();
  else if (field) reveal(document.getElementById(field));
  else return;
  event.preventDefault();
});

// A double press must not decide about the next letter, too.
document.querySelectorAll('[data-clearing] form').forEach(form => form.addEventListener('submit', event => {
  if (acted) event.preventDefault();
  acted = true;
}));
window.addEventListener('pageshow', () => { acted = false; });
