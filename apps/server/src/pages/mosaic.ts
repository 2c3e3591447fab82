import { hash } from 'node:crypto';
import { SHIPPED_PICTURES } from '../modules/catalog/index.ts';
import { COLUMNS, FAMILIES, ROWS, type LevelAt, type Turns } from './picture-families.ts';
import { CATEGORY_SCALES, SCALES, type Scale } from './picture-scales.ts';

const STEP = 20;
const TILE = 17;

const shipped = new Map(SHIPPED_PICTURES.map((picture) => [picture.id, picture]));

/** The picture of a name as SVG, always the same: one that ships, or for an event that has none of its own a mosaic of waves. */
export function mosaic(name: string): string {
  const digest = hash('sha256', name, 'buffer');
  const turn: Turns = (index) => digest.readUInt8(index) / 255;
  const picture = shipped.get(name);
  if (picture) return draw(turn, CATEGORY_SCALES[picture.category], FAMILIES[picture.family]);
  return draw(turn, SCALES[digest.readUInt8(0) % SCALES.length]!, FAMILIES.waves);
}

function draw(turn: Turns, scale: Scale, levelAt: LevelAt): string {
  const paths = new Map<string, string>();
  for (let row = 0; row < ROWS; row += 1) {
    for (let column = 0; column < COLUMNS; column += 1) {
      const colour = scale[levelAt({ column, row }, turn)] ?? scale[0];
      paths.set(colour, `${paths.get(colour) ?? ''}M${column * STEP} ${row * STEP}h${TILE}v${TILE}h-${TILE}z`);
    }
  }
  const tiles = [...paths].map(([colour, path]) => `<path fill="${colour}" d="${path}"/>`).join('');
  const size = `viewBox="0 0 ${COLUMNS * STEP} ${ROWS * STEP}" preserveAspectRatio="xMidYMid slice"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size}>${tiles}</svg>`;
}
