// Upload: files chosen or dropped go up one by one, each with its own progress and its own answer.

const form = document.querySelector('form[data-upload]');
const chooser = form.querySelector('input[type=file]');
const zone = form.querySelector('[data-drop]');
const results = document.getElementById('results');
const queue = [];
let running = 0;

form.classList.add('with-script');

// A scanner's manifest goes up with its file (as ManifestNames pairs them); alone it goes as it is, and the server says why not.
const ending = /\.manifest\.(?:json|txt)$/i;
const owner = file => file.name.replace(ending, '');
const stem = file => file.name.replace(/(?!^)\.[^.]*$/, '');

function pair(files) {
  const scans = files.filter(file => !ending.test(file.name)).map(file => ({ file, manifest: null }));
  const rest = [];
  const manifests = files.filter(file => ending.test(file.name));
  const exact = file => scans.find(scan => scan.file.name === owner(file));
  manifests.sort((a, b) => (exact(b) ? 1 : 0) - (exact(a) ? 1 : 0));
  for (const file of manifests) {
    const alike = scans.filter(scan => stem(scan.file) === owner(file));
    const scan = exact(file) ?? (alike.length === 1 ? alike[0] : null);
    if (scan && !scan.manifest) scan.manifest = file;
    else rest.push({ file, manifest: null });
  }
  return [...scans, ...rest];
}

function enqueue(files) {
  for (const { file, manifest } of pair([...files])) {
    const row = document.createElement('li');
    row.className = 'upload';
    const name = document.createElement('span');
    name.textContent = file.name;
    const bar = document.createElement('progress');
    bar.max = 1;
    bar.value = 0;
    bar.setAttribute('aria-label', file.name);
    row.append(name, bar);
    results.prepend(row);
    queue.push({ file, manifest, row, bar });
  }
  next();
}

function next() {
  while (running < 2 && queue.length > 0) {
    running++;
    send(queue.shift());
  }
}

function send({ file, manifest, row, bar }) {
  const data = new FormData();
  data.append('receivedAt', form.elements.receivedAt.value);
  data.append('files', file);
  if (manifest) data.append('files', manifest);
  const request = new XMLHttpRequest();
  request.open('POST', form.action);
  request.setRequestHeader('X-Csrf', document.querySelector('meta[name=csrf]').content);
  request.setRequestHeader('HX-Request', 'true');
  request.upload.addEventListener('progress', event => { if (event.lengthComputable) bar.value = event.loaded / event.total; });
  request.addEventListener('loadend', () => {
    running--;
    if (request.status === 200) {
      row.outerHTML = request.responseText;
    } else {
      const words = request.status === 413 ? form.dataset.tooLarge : form.dataset.failed;
      bar.replaceWith(words);
      row.classList.add('bad');
    }
    next();
  });
  request.send(data);
}

chooser.addEventListener('change', () => {
  enqueue(chooser.files);
  chooser.value = '';
});
for (const kind of ['dragenter', 'dragover', 'dragleave', 'drop']) {
  zone.addEventListener(kind, event => {
    event.preventDefault();
    zone.classList.toggle('over', kind === 'dragenter' || kind === 'dragover');
  });
}
zone.addEventListener('drop', event => enqueue([...event.dataTransfer.files]));
window.addEventListener('beforeunload', event => { if (running > 0) event.preventDefault(); });
