// Office search by typing: WAI-ARIA combobox with a list (number, name, tasks), answers come from the server.

class Combobox {
  constructor(root) {
    this.input = root.querySelector('[role=combobox]');
    this.list = root.querySelector('[role=listbox]');
    this.value = root.querySelector('input[type=hidden]');
    this.source = root.dataset.source;
    this.active = -1;
    this.asked = 0;
    this.input.addEventListener('input', () => this.typed());
    this.input.addEventListener('keydown', event => this.key(event));
    this.input.addEventListener('blur', () => setTimeout(() => this.close(), 150));
    this.list.addEventListener('mousedown', event => event.preventDefault());
    this.list.addEventListener('click', event => {
      const option = event.target.closest('[role=option]:not([aria-disabled])');
      if (option) this.choose(option);
    });
  }

  typed() {
    this.value.value = '';
    this.input.removeAttribute('aria-invalid');
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), 80);
  }

  async ask() {
    const number = ++this.asked;
    const text = this.input.value.trim();
    if (text === '') return this.close();
    const answer = await fetch(this.source + '?q=' + encodeURIComponent(text), { headers: { 'HX-Request': 'true' } });
    if (!answer.ok || number !== this.asked) return;
    this.list.innerHTML = await answer.text();
    this.list.hidden = false;
    this.input.setAttribute('aria-expanded', 'true');
    this.activate(this.options().length > 0 ? 0 : -1);
  }

  options() {
    return [...this.list.querySelectorAll('[role=option]:not([aria-disabled])')];
  }

  activate(index) {
    const options = this.options();
    options.forEach((option, i) => option.setAttribute('aria-selected', String(i === index)));
    this.active = index;
    if (index < 0) return this.input.removeAttribute('aria-activedescendant');
    this.input.setAttribute('aria-activedescendant', options[index].id);
    options[index].scrollIntoView({ block: 'nearest' });
  }

  key(event) {
    const count = this.options().length;
    const open = !this.list.hidden && count > 0;
    if (event.key === 'ArrowDown' && open) this.activate((this.active + 1) % count);
    else if (event.key === 'ArrowDown') this.ask();
    else if (event.key === 'ArrowUp' && open) this.activate((this.active + count - 1) % count);
    else if (event.key === 'Enter' && open && this.active >= 0) this.choose(this.options()[this.active]);
    else if (event.key === 'Enter' && this.value.value === '') this.input.setAttribute('aria-invalid', 'true');
    else if (event.key === 'Escape' && !this.list.hidden) this.close();
    else return;
    event.preventDefault();
  }

  choose(option) {
    this.value.value = option.dataset.unit;
    this.input.value = option.dataset.name;
    this.close();
    this.input.focus();
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute('aria-expanded', 'false');
    this.activate(-1);
    this.list.replaceChildren(); // the same options may be asked for by another field of the page
  }
}

document.querySelectorAll('.combobox').forEach(root => new Combobox(root));
