export type TextColour = { colour: '#000000' | '#ffffff'; contrast: number };

/** Black or white: which is read better on a colour `#rrggbb`, and its contrast (WCAG 2.2, 1.4.3). It is never below 4.5. */
export function textColourOn(ground: string): TextColour {
  const luminance = luminanceOf(ground);
  const [onBlack, onWhite] = [(luminance + 0.05) / 0.05, 1.05 / (luminance + 0.05)];
  const isBlack = onBlack >= onWhite;
  // Rounded down: a promise of contrast must not round up to what it is not.
  return { colour: isBlack ? '#000000' : '#ffffff', contrast: Math.floor(Math.max(onBlack, onWhite) * 100) / 100 };
}

/** Relative luminance, from 0 to 1 (https://www.w3.org/TR/WCAG22/#dfn-relative-luminance). */
function luminanceOf(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((from) => {
    const share = Number.parseInt(colour.slice(from, from + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
