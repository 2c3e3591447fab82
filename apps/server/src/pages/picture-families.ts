import type { PictureFamily } from '../modules/catalog/index.ts';

export const COLUMNS = 32;
export const ROWS = 12;
export const LEVELS = 6;

export type Tile = { column: number; row: number };

/** Numbers from 0 to 1 that belong to a picture: the same index gives the same number. */
export type Turns = (index: number) => number;

/** How high a tile of a picture lies, from 0, its ground, to 5, its accent. */
export type LevelAt = (tile: Tile, turn: Turns) => number;

/** Patterns of tiles. A family says what a picture shows, its turns how exactly. */
export const FAMILIES: Readonly<Record<PictureFamily, LevelAt>> = {
  /** Two slow waves and a grain. */
  waves: ({ column, row }, turn) => {
    const swell = Math.sin(column * (0.12 + 0.2 * turn(1)) + 6.3 * turn(2));
    const ripple = Math.sin(column * 0.35 + row * (0.3 + 0.4 * turn(3)) + 6.3 * turn(4));
    const grain = turn((column * 7 + row * 13) % 32) - 0.5;
    const height = (row / (ROWS - 1)) * 1.4 - 0.7 + 0.45 * swell + 0.3 * ripple + 0.5 * grain;
    return toLevel(2.5 + 2.2 * height);
  },
  /** Columns of different height, lighter towards their feet. */
  bars: ({ column, row }, turn) => {
    const height = 2 + 9 * turn((column >> 1) % 32);
    const above = ROWS - row;
    return above > height ? 0 : toLevel(1 + (above / height) * 4);
  },
  /** Rings around a point off the middle. */
  rings: ({ column, row }, turn) => {
    const [x, y] = [COLUMNS * (0.3 + 0.4 * turn(5)), ROWS * (0.3 + 0.4 * turn(6))];
    const distance = Math.hypot(column - x, (row - y) * 1.3);
    return toLevel(2.5 + 2.5 * Math.sin(distance * (0.7 + 0.4 * turn(7)) + 6.3 * turn(8)));
  },
  /** Fields of squares, each of one level. */
  grid: ({ column, row }, turn) => toLevel(5.4 * turn(((column >> 2) * 5 + (row >> 2) * 11) % 32) - ((column + row) % 2) * 0.8),
  /** Folds that hang from above, deeper in the middle. */
  curtain: ({ column, row }, turn) => {
    const fold = Math.sin(column * (0.9 + 0.3 * turn(9)) + Math.sin(row * 0.4 + 6.3 * turn(10)) * 0.5);
    const middle = 1 - Math.abs(column / (COLUMNS - 1) - 0.5);
    return toLevel(2.2 + 2 * fold + middle + (row / ROWS) * 0.6);
  },
  /** Stripes that lean to the right. */
  lanes: ({ column, row }, turn) => {
    const lane = Math.floor((row * 2.2 + column * (0.2 + 0.5 * turn(11))) / 3);
    return toLevel(lane % 2 === 0 ? 0.6 : 1.5 + 3.5 * turn((lane * 3) % 32));
  },
  /** Steps that climb from left to right, each with a lighter edge. */
  steps: ({ column, row }, turn) => {
    const wide = 3 + Math.floor(2 * turn(12));
    const top = ROWS - 1 - Math.floor(column / wide) * 1.2;
    if (row < top - 1) return 0;
    return row < top ? 1 : toLevel(2 + ((row - top) / ROWS) * 3.5);
  },
  /** Patches of three by three, with seams. */
  quilt: ({ column, row }, turn) => {
    const patch = (Math.floor(column / 3) * 7 + Math.floor(row / 3) * 17) % 32;
    const isSeam = column % 3 === 0 && row % 3 === 0;
    const isChecked = turn(patch) > 0.5 && (column + row) % 2 === 0;
    return isSeam ? 0 : toLevel(1 + 4 * turn((patch * 5) % 32) - (isChecked ? 1.5 : 0));
  },
  /** Scattered tiles on a quiet ground, denser below. */
  confetti: ({ column, row }, turn) => {
    const chance = turn((column * 11 + row * 19 + ((column * row) % 7)) % 32);
    return chance > 0.8 - (row / ROWS) * 0.45 ? toLevel(1.5 + 4 * turn((column * 5 + row * 3) % 32)) : 0;
  },
  /** A cone of light from above, over the dark. */
  beam: ({ column, row }, turn) => {
    const from = COLUMNS * (0.2 + 0.6 * turn(13));
    const off = Math.abs(column - from - (row - ROWS / 2) * (turn(14) - 0.5)) / (1.5 + row * 0.75);
    return toLevel(off > 1.6 ? 5 - 0.8 * turn((column * 7 + row * 13) % 32) : off * 2.6);
  },
};

function toLevel(height: number): number {
  return Math.min(LEVELS - 1, Math.max(0, Math.round(height)));
}
