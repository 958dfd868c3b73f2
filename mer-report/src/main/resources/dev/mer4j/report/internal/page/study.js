'use strict';
(() => {
  const data = JSON.parse(document.getElementById('segments').textContent);
  const list = document.getElementById('list');
  const shown = document.getElementById('shown');
  const search = document.getElementById('search');
  const filter = document.getElementById('filter');
  const LISTED = 200;
  const SVG = 'http://www.w3.org/2000/svg';
  let current = 0;

  const el = (name, attributes, ...children) => {
    const e = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) e.setAttribute(key, value);
    e.append(...children);
    return e;
  };
  const svg = (name, attributes, text) => {
    const e = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) e.setAttribute(key, value);
    if (text !== undefined) e.textContent = text;
    return e;
  };
  const named = ['text', 'audio', 'visual'];
  const others = data.modalities.filter(m => !named.includes(m));
  const tone = m => named.includes(data.modalities[m])
    ? `var(--${data.modalities[m]})` : `var(--other-${others.indexOf(data.modalities[m]) % 5 + 1})`;
  const onTone = m => data.modalities[m] === 'text' ? 'var(--on-text)' : 'var(--on-other)';
  const right = (s, c) => s.y[c] === s.l[c];
  const wrong = s => !s.l ? 0 : data.emotions.filter((e, c) => !right(s, c)).length;
  const mass = (s, m) => s.s[m] ? s.s[m].reduce((a, v) => a + Math.abs(v), 0) : 0;
  const top = values => values.reduce((best, v, i) => v !== null && (best < 0 || v > values[best]) ? i : best, -1);
  const several = s => s.s.filter(v => v).length > 1;
  const disagrees = s => s.a && several(s) && top(s.a) !== top(s.s.map((v, m) => v ? mass(s, m) : null));
  const label = e => e.charAt(0).toUpperCase() + (e.length > 11 ? e.slice(1, 10) + '\u2026' : e.slice(1));

  function matches() {
    const words = search.value.toLowerCase();
    return data.segments.map((s, i) => i).filter(i => {
      const s = data.segments[i];
      if (!s.i.toLowerCase().includes(words)) return false;
      const by = filter.value;
      return by === 'all' || (by === 'wrong' && wrong(s) > 0) || (by === 'right' && s.l && wrong(s) === 0)
        || (by === 'disagree' && disagrees(s)) || (s.l && s.l[by] === 1);
    });
  }

  function fill() {
    const found = matches();
    list.replaceChildren(...found.slice(0, LISTED).map(i => {
      const s = data.segments[i];
      const errors = wrong(s);
      const button = el('button', {type: 'button', 'data-segment': i},
        el('span', {}, s.i), el('span', {}, !s.l ? 'not annotated' : errors ? `${errors} wrong` : 'correct'));
      button.addEventListener('click', () => pick(i));
      return button;
    }));
    mark();
    document.getElementById('found').textContent = found.length > LISTED
      ? `${found.length} segments, the first ${LISTED} listed` : `${found.length} segments`;
  }

  function scores(s) {
    const height = 30;
    const chart = svg('svg', {viewBox: `0 0 480 ${height * data.emotions.length + 4}`, role: 'img', 'aria-label': 'scores'});
    data.emotions.forEach((emotion, c) => {
      const y = c * height + 6;
      chart.append(
        svg('text', {x: 0, y: y + 14, 'font-size': 13, fill: 'var(--ink)'}, label(emotion)),
        svg('rect', {x: 84, y, width: 250, height: 18, rx: 4, fill: 'var(--line)'}),
        svg('rect', {x: 84, y, width: 250 * s.p[c], height: 18, rx: 4, fill: 'var(--accent)'}));
      if (data.thresholds) {
        const x = 84 + 250 * data.thresholds[s.h][c];
        chart.append(svg('line', {x1: x, x2: x, y1: y - 3, y2: y + 21, stroke: 'var(--ink)', 'stroke-width': 1.6}));
      }
      chart.append(svg('text', {x: 342, y: y + 14, 'font-size': 12, fill: 'var(--ink)'}, s.p[c].toFixed(2)));
      if (s.l) {
        chart.append(svg('text', {x: 480, y: y + 14, 'font-size': 12, 'text-anchor': 'end', fill: right(s, c) ? 'var(--good)' : 'var(--bad)'},
          (s.l[c] ? 'present, ' : 'absent, ') + (right(s, c) ? 'correct' : 'wrong')));
      }
    });
    return chart;
  }

  function shapley(s) {
    const group = 13 * data.modalities.length + 12;
    const all = s.s.flat().filter(v => typeof v === 'number').map(Math.abs);
    const scale = 150 / Math.max(0.5, ...all);
    const chart = svg('svg', {viewBox: `0 0 480 ${group * data.emotions.length + 4}`, role: 'img', 'aria-label': 'Shapley values'});
    chart.append(svg('line', {x1: 275, x2: 275, y1: 0, y2: group * data.emotions.length, stroke: 'var(--floor)'}));
    data.emotions.forEach((emotion, c) => {
      const y = c * group + 4;
      chart.append(svg('text', {x: 0, y: y + group / 2, 'font-size': 13, fill: 'var(--ink)'}, label(emotion)));
      data.modalities.forEach((modality, m) => {
        if (!s.s[m]) return;
        const value = s.s[m][c];
        const width = Math.abs(value) * scale;
        chart.append(svg('rect', {x: value < 0 ? 275 - width : 275, y: y + 13 * m, width: Math.max(width, 0.5), height: 11, rx: 2, fill: tone(m)}),
          svg('text', {x: value < 0 ? 271 - width : 279 + width, y: y + 13 * m + 9.5, 'font-size': 10,
            'text-anchor': value < 0 ? 'end' : 'start', fill: 'var(--muted)'}, (value < 0 ? '\u2212' : '+') + Math.abs(value).toFixed(2)));
      });
    });
    return chart;
  }

  function shares(s) {
    const masses = s.s.map((v, m) => v ? mass(s, m) : 0);
    const sum = masses.reduce((a, b) => a + b, 0);
    const lines = [];
    if (s.a) lines.push(['Attention', s.a.map(v => v || 0)]);
    if (sum > 0) lines.push(['Shapley', masses.map(v => v / sum)]);
    const chart = svg('svg', {viewBox: `0 0 480 ${30 * lines.length + 2}`, role: 'img', 'aria-label': 'attention and Shapley'});
    lines.forEach(([name, values], r) => {
      let x = 84;
      const y = 30 * r + 4;
      chart.append(svg('text', {x: 0, y: y + 15, 'font-size': 13, fill: 'var(--ink)'}, name));
      values.forEach((value, m) => {
        const width = 396 * value;
        chart.append(svg('rect', {x, y, width, height: 22, fill: tone(m)}));
        if (width > 36) chart.append(svg('text', {x: x + width / 2, y: y + 15, 'font-size': 12, 'text-anchor': 'middle', 'font-weight': 600, fill: onTone(m)},
          `${Math.round(100 * value)} %`));
        x += width;
      });
    });
    return chart;
  }

  /** A table of the terms: each value, and how much more or less it is than on the training split. */
  function terms(s) {
    const signed = v => (v < 0 ? '\u2212' : '+') + Math.abs(v).toFixed(2);
    const head = el('tr', {}, el('th', {scope: 'col'}, 'term'),
      ...data.emotions.map(e => el('th', {scope: 'col'}, e)));
    const rows = data.terms.map((term, t) => [term, s.t[t], data.usual[t]]).filter(row => row[1]);
    const body = rows.map(([term, values, usual]) => el('tr', {}, el('th', {scope: 'row'}, term),
      ...values.map((value, c) => el('td', {}, signed(value),
        ...(usual.length ? [el('span', {class: 'usual'}, signed(value - usual[c]))] : [])))));
    return el('div', {class: 'scroll'}, el('table', {}, el('thead', {}, head), el('tbody', {}, ...body)));
  }

  function figure(title, ...children) {
    return el('figure', {}, el('figcaption', {}, title), ...children);
  }

  function key() {
    return el('div', {class: 'key'}, ...data.modalities.map((m, i) => {
      const dot = el('i', {});
      dot.style.background = tone(i);
      return el('span', {}, dot, m);
    }));
  }

  function show() {
    const s = data.segments[current];
    const had = data.modalities.filter((m, i) => s.s[i]);
    const labels = data.emotions.filter((e, c) => s.l && s.l[c] === 1);
    const parts = [
      el('h3', {id: 'picked', tabindex: -1}, s.i),
      el('p', {class: 'note'}, `${had.length ? had.join(', ') : 'nothing'} available \u00b7 ${!s.l ? 'not annotated' : `annotated: ${labels.length ? labels.join(', ') : 'no emotion'}`}`),
      figure(data.thresholds ? 'Probabilities and thresholds' : 'Probabilities', scores(s))];
    if (had.length) {
      parts.push(el('h3', {}, 'Shapley values of the modalities for the logits'), key(), shapley(s),
        figure('Importance of the modalities', shares(s)));
    }
    if (s.t && had.length) {
      parts.push(el('h3', {}, 'Terms of the logits'),
        el('p', {class: 'note'}, data.usual.some(u => u.length)
          ? 'Below each value: its difference from the training mean.' : 'The training means are unknown.'),
        terms(s));
    }
    if (disagrees(s)) {
      parts.push(el('p', {class: 'warning'}, `Attention ranks ${data.modalities[top(s.a)]} first; `
        + `${data.modalities[top(s.s.map((v, m) => v ? mass(s, m) : null))]} has the largest Shapley values.`));
    }
    shown.replaceChildren(...parts);
  }

  /** Marks the shown segment; Tab focuses the list once, arrow keys move within it. */
  function mark() {
    const buttons = [...list.children];
    const chosen = buttons.find(button => Number(button.dataset.segment) === current);
    for (const button of buttons) {
      button.setAttribute('aria-current', button === chosen);
      button.tabIndex = button === (chosen || buttons[0]) ? 0 : -1;
    }
  }

  function pick(i) {
    current = i;
    mark();
    show();
  }

  list.addEventListener('keydown', event => {
    const buttons = [...list.children];
    const at = buttons.indexOf(document.activeElement);
    const to = {ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1}[event.key];
    if (to === undefined || !buttons[to]) return;
    event.preventDefault();
    buttons[to].focus();
    buttons[to].click();
  });
  // Collapsed details would be missing in print.
  addEventListener('beforeprint', () => document.querySelectorAll('details').forEach(e => { e.open = true; }));
  search.addEventListener('input', fill);
  filter.addEventListener('change', fill);
  for (const row of document.querySelectorAll('button.row')) {
    row.addEventListener('click', () => {
      pick(Number(row.dataset.segment));
      document.getElementById('explorer').scrollIntoView();
      document.getElementById('picked').focus({preventScroll: true});
    });
  }
  fill();
  show();
})();
