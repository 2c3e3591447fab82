import type { TextStyle } from '../text/lay-text.ts';

/** The styles of paper: one display face for titles, one face for everything else. */
const text = (sizePt: number, weight: 400 | 600, leading = 1.4): TextStyle => ({
  voice: 'text',
  weight,
  sizePt,
  leading,
  isTabular: false,
});

export const TITLE: TextStyle = { voice: 'title', weight: 600, sizePt: 30, leading: 1.16, isTabular: false };
export const HEADING: TextStyle = text(13, 600, 1.35);
export const BODY: TextStyle = text(10.5, 400);
export const STRONG: TextStyle = text(10.5, 600);
export const SMALL: TextStyle = text(9, 400);
export const LABEL: TextStyle = text(8.5, 400, 1.3);
export const FIGURES: TextStyle = { ...text(10, 400), isTabular: true };
export const STRONG_FIGURES: TextStyle = { ...text(10, 600), isTabular: true };
