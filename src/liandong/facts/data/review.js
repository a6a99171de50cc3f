const all = (s) => [...document.querySelectorAll(s)];

const show = (ids, to) => {
  all('.on').forEach((e) => e.classList.remove('on'));
  let first;
  for (const id of ids) {
    const row = document.getElementById('r' + id);
    if (row) row.classList.add('on');
    const marks = all('mark').filter((m) => m.dataset.f.split(' ').includes(id));
    marks.forEach((m) => m.classList.add('on'));
    first = first || (to === 'row' ? row : marks[0]);
  }
  if (first) first.scrollIntoView({ block: 'center', behavior: 'smooth' });
};

const act = (element, go) => {
  element.addEventListener('click', go);
  element.addEventListener('keydown', (key) => {
    if (key.key === 'Enter' || key.key === ' ') { key.preventDefault(); go(); }
  });
};

all('mark').forEach((m) => act(m, () => show(m.dataset.f.split(' '), 'row')));
all('tbody tr').forEach((r) => act(r, () => show([r.id.slice(1)], 'text')));
all('nav button').forEach((b) => b.addEventListener('click', () => {
  const off = b.getAttribute('aria-pressed') === 'true';
  b.setAttribute('aria-pressed', String(!off));
  all('tr[data-k=' + b.dataset.k + ']').forEach((r) => { r.hidden = off; });
  all('mark[data-k=' + b.dataset.k + ']').forEach((m) => { m.style.background = off ? 'none' : ''; });
}));
