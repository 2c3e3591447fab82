import type { SHIPPED_PICTURES } from '../modules/catalog/index.ts';

/** Six colours from ground to accent. */
export type Scale = readonly [string, string, string, string, string, string];

/** What lies low is bone, what rises is clay, olive or stone. */
const CLAY: Scale = ['#efe7d8', '#e3d3b8', '#d9a987', '#c9694d', '#b9472e', '#8f3322'];
const OLIVE: Scale = ['#efe7d8', '#d8dcc0', '#b3c08b', '#84a058', '#55752f', '#3d5622'];
const STONE: Scale = ['#efe7d8', '#dfd6cf', '#b9b3b5', '#8a8fa0', '#5b6c86', '#37475f'];

/** For pictures that belong to no category. */
export const SCALES: readonly Scale[] = [CLAY, OLIVE, STONE];

/** The colours of each category. */
export const CATEGORY_SCALES: Readonly<Record<(typeof SHIPPED_PICTURES)[number]['category'], Scale>> = {
  music: CLAY,
  conference: STONE,
  theatre: ['#f1e3d3', '#e4b9a4', '#c76b6b', '#9b1c31', '#6d1428', '#3f0d1c'],
  sport: ['#eef0e0', '#cfdcb4', '#9dbb6e', '#6a9442', '#3f7034', '#1f4a2a'],
  workshop: ['#f3ead8', '#e6cfa4', '#cfa566', '#a87a3c', '#7a5426', '#4d3417'],
  community: OLIVE,
  family: ['#fbf3df', '#f6d27a', '#ee9b5a', '#d8604f', '#5f8fa3', '#3c5f7d'],
  food: ['#f7efe0', '#f0d9a8', '#e0a44c', '#c9694d', '#8c9a3f', '#4f6228'],
  film: ['#f4ecd0', '#d9cda6', '#9a9484', '#5d6070', '#343a4f', '#1a1e30'],
  other: ['#efe7d8', '#d5dbe0', '#a9bccb', '#7396b0', '#46708f', '#284b66'],
};
