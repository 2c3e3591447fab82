/** The colours of paper; screens have their own. */
export const INK = '#1a1714';
export const QUIET = '#6b645b';
export const HAIRLINE = '#ddd6ca';
export const BONE = '#f7f4ee';
export const PAPER = '#ffffff';
export const CLAY = '#b9472e';
export const AMBER = '#a86a10';
/** Behind text: pale enough to read over it. */
export const AMBER_PALE = '#f8eedd';
export const AMBER_GROUND = '#fbf1df';

const HEX = /^#[0-9a-f]{6}$/i;

/** An organizer’s colour, or ours where none is given or it is none. */
export function accentOf(colour: string | null): string {
  return colour !== null && HEX.test(colour) ? colour.toLowerCase() : CLAY;
}

/** The operands of a PDF’s colour operators. */
export function inRgb(colour: string): string {
  return channels(colour)
    .map((channel) => (Math.round((channel / 255) * 1000) / 1000).toString())
    .join(' ');
}

function channels(colour: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
}
