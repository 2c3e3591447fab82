import { hash } from 'node:crypto';

const COLUMNS = 32;
const ROWS = 12;
const STEP = 20;
const TILE = 17;

/** Ground to accent: what lies low is bone, what rises is clay and olive. */
const SCALES = [
  ['#efe7d8', '#e3d3b8', '#d9a987', '#c9694d', '#b9472e', '#8f3322'],
  ['#efe7d8', '#d8dcc0', '#b3c08b', '#84a058', '#55752f', '#3d5622'],
  ['#efe7d8', '#dfd6cf', '#b9b3b5', '#8a8fa0', '#5b6c86', '#37475f'],
] as const;

/** A picture for an event that has none of its own: a mosaic, the same for the same name, as SVG. */
export function mosaic(name: string): string {
  const digest = hash('sha256', name, 'buffer');
  const scale = SCALES[digest.readUInt8(0) % SCALES.length] ?? SCALES[0];
  const paths = new Map<string, string>();
  for (let row = 0; row < ROWS; row += 1) {
    for (let column = 0; column < COLUMNS; column += 1) {
      const colour = scale[levelAt(digest, column, row)] ?? scale[0];
      paths.set(colour, `${paths.get(colour) ?? ''}M${column * STEP} ${row * STEP}h${TILE}v${TILE}h-${TILE}z`);
    }
  }
  const tiles = [...paths].map(([colour, path]) => `<path fill="${colour}" d="${path}"/>`).join('');
  const size = `viewBox="0 0 ${COLUMNS * STEP} ${ROWS * STEP}" preserveAspectRatio="xMidYMid slice"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size}>${tiles}</svg>`;
}

/** Two slow waves and a grain, all from the digest, as a level from 0 to 5. */
function levelAt(digest: Buffer, column: number, row: number): number {
  const turn = (index: number) => digest.readUInt8(index) / 255;
  const swell = Math.sin(column * (0.12 + 0.2 * turn(1)) + 6.3 * turn(2));
  const ripple = Math.sin(column * 0.35 + row * (0.3 + 0.4 * turn(3)) + 6.3 * turn(4));
  const grain = digest.readUInt8((column * 7 + row * 13) % 32) / 255 - 0.5;
  const height = (row / (ROWS - 1)) * 1.4 - 0.7 + 0.45 * swell + 0.3 * ripple + 0.5 * grain;
  return Math.min(5, Math.max(0, Math.round(2.5 + 2.2 * height)));
}
