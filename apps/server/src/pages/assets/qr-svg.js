import { encodeQR } from '/assets/qr.js';

const SVG = 'http://www.w3.org/2000/svg';
/** Scanners need so much white around a code. */
const QUIET_MODULES = 4;

/** A QR code as a picture in the page. It is black on white in the dark, too: scanners do not read it otherwise. */
export function qrSvg(code, label) {
  const rows = modulesOf(code);
  const size = rows.length + 2 * QUIET_MODULES;
  const svg = shape('svg', { class: 'qr', viewBox: `0 0 ${size} ${size}`, role: 'img', 'aria-label': label, 'shape-rendering': 'crispEdges' });
  svg.append(shape('rect', { width: size, height: size, fill: '#fff' }), shape('path', { d: pathOf(rows), fill: '#000' }));
  return svg;
}

/** As on paper: a stronger correction where it costs no larger code. */
function modulesOf(code) {
  const [medium, stronger] = ['medium', 'quartile'].map((ecc) => encodeQR(code, 'raw', { ecc, border: 1 }).slice(1, -1));
  const rows = stronger.length === medium.length ? stronger : medium;
  return rows.map((row) => row.slice(1, -1));
}

/** One path of all dark stretches, so that no browser shows seams between modules. */
function pathOf(rows) {
  return rows
    .flatMap((row, y) => stretchesOf(row).map(([x, length]) => `M${x + QUIET_MODULES} ${y + QUIET_MODULES}h${length}v1h-${length}z`))
    .join('');
}

function stretchesOf(row) {
  const stretches = [];
  row.forEach((isDark, x) => {
    const last = stretches.at(-1);
    if (!isDark) return;
    if (last && last[0] + last[1] === x) last[1] += 1;
    else stretches.push([x, 1]);
  });
  return stretches;
}

function shape(name, attributes) {
  const node = document.createElementNS(SVG, name);
  for (const [attribute, value] of Object.entries(attributes)) node.setAttribute(attribute, String(value));
  return node;
}
