// All reasons are marked faintly on the paper, references are not. Pointing at one shows where it stands, on the paper and in the text; a click keeps
// its marks, another one lets them go.

export function connectMarks(viewer) {
  let pinned = null;
  const buttons = [...document.querySelectorAll('button[data-boxes]')];
  const everything = buttons.filter(button => !button.closest('[data-quiet]')).flatMap(button => JSON.parse(button.dataset.boxes));

  function show(button, scroll) {
    if (button === null) viewer.mark(everything, false, true);
    else viewer.mark(JSON.parse(button.dataset.boxes), scroll, false);
    const words = button === null ? null : button.dataset.marks;
    for (const piece of document.querySelectorAll('[data-in]'))
      piece.classList.toggle('marked', words !== null && piece.dataset.in.split(' ').includes(words));
  }

  show(null, false);
  for (const button of buttons) {
    button.addEventListener('mouseenter', () => show(button, false));
    button.addEventListener('mouseleave', () => show(pinned, false));
    button.addEventListener('focus', () => show(button, true));
    button.addEventListener('blur', () => show(pinned, false));
    button.addEventListener('click', () => {
      pinned?.setAttribute('aria-pressed', 'false');
      pinned = pinned === button ? null : button;
      pinned?.setAttribute('aria-pressed', 'true');
      show(pinned ?? button, true);
    });
  }
}
