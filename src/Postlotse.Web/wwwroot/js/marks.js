// Pointing at a reason shows where it stands: on the paper and in the text. A click keeps the marks, another one lets them go.

export function connectMarks(viewer) {
  let pinned = null;

  function show(button, scroll) {
    viewer.mark(button === null ? [] : JSON.parse(button.dataset.boxes), scroll);
    const words = button === null ? null : button.dataset.marks;
    for (const piece of document.querySelectorAll('[data-in]'))
      piece.classList.toggle('marked', words !== null && piece.dataset.in.split(' ').includes(words));
  }

  for (const button of document.querySelectorAll('button[data-boxes]')) {
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
