/** Colours that can be read in any theme: WCAG 2.2's contrast, and how to reach it. */

export type Rgb = readonly [red: number, green: number, blue: number];

const HEX = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i;
const BLACK: Rgb = [0, 0, 0];
const WHITE: Rgb = [255, 255, 255];
/** A hair above 4.5, so that rounding to hex cannot fall below it. */
export const READABLE = 4.6;

/** Null where the text is no `#rrggbb`. */
export function parseHex(text: string | undefined): Rgb | null {
  const parts = HEX.exec(text ?? "");
  if (!parts) return null;
  return [1, 2, 3].map((index) => Number.parseInt(parts[index] ?? "0", 16)) as unknown as Rgb;
}

export function toHex(colour: Rgb): string {
  return `#${colour.map((part) => Math.round(part).toString(16).padStart(2, "0")).join("")}`;
}

/** 0 for black, 1 for white. */
export function luminance(colour: Rgb): number {
  const [red, green, blue] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as unknown as Rgb;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** 1 (the same) to 21 (black on white). */
export function contrast(one: Rgb, other: Rgb): number {
  const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (lighter + 0.05) / (darker + 0.05);
}

/** `share` of `other` in `one`, 0 to 1. */
export function mix(one: Rgb, other: Rgb, share: number): Rgb {
  return one.map((part, index) => Math.round(part + ((other[index] ?? 0) - part) * share)) as unknown as Rgb;
}

const worst = (colour: Rgb, grounds: readonly Rgb[]): number =>
  Math.min(...grounds.map((ground) => contrast(colour, ground)));

/** The colour nearest to `wanted`, towards black or white, that can be read on every one of `grounds`. */
export function readable(wanted: Rgb, grounds: readonly Rgb[], atLeast = READABLE): Rgb {
  const towards = worst(BLACK, grounds) > worst(WHITE, grounds) ? BLACK : WHITE;
  for (let share = 0; share < 1; share += 0.04) {
    const colour = mix(wanted, towards, share);
    if (worst(colour, grounds) >= atLeast) return colour;
  }
  return towards;
}

/** True where one colour can be read on all of `grounds`. */
export function shareInk(...grounds: Rgb[]): boolean {
  return Math.max(worst(BLACK, grounds), worst(WHITE, grounds)) >= READABLE;
}
