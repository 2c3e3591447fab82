/** In points, 72 an inch. */
export const A4 = { widthPt: 595.28, heightPt: 841.89 };
