import { describe, expect, it } from "vitest";
import { contrast, parseHex, type Rgb } from "../src/host/contrast";
import { palette } from "../src/host/palette";

const NAMES = [
  "bg_color",
  "secondary_bg_color",
  "section_bg_color",
  "text_color",
  "hint_color",
  "subtitle_text_color",
  "link_color",
  "accent_text_color",
  "button_color",
  "button_text_color",
  "destructive_text_color",
];
const READ_ON = [
  ...["text", "hint", "accent", "danger", "good"].flatMap((ink) =>
    ["page", "surface", "raised"].map((ground) => [ink, ground] as const),
  ),
  ["on-button", "button"],
  ["on-danger", "danger-fill"],
  ["on-good", "good-fill"],
] as const;

/** A small generator with a seed: the same odd themes in every run. */
function* themes(count: number): Generator<Record<string, string>> {
  let state = 20261123;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 8;
  };
  const hex = () => `#${(next() & 0xffffff).toString(16).padStart(6, "0")}`;
  for (let index = 0; index < count; index++) {
    yield Object.fromEntries(NAMES.filter(() => next() % 5 > 0).map((name) => [name, hex()]));
  }
}

function ratio(variables: Record<string, string>, ink: string, ground: string): number {
  const colour = (name: string) => parseHex(variables[`--${name}`]) as Rgb;
  return contrast(colour(ink), colour(ground));
}

describe("the palette", () => {
  it("can be read in 2,000 odd themes", () => {
    for (const theme of themes(2000)) {
      const variables = palette(theme, false);
      for (const [ink, ground] of READ_ON) {
        expect(
          ratio(variables, ink, ground),
          `${ink} on ${ground} of ${JSON.stringify(theme)}`,
        ).toBeGreaterThan(4.5);
      }
    }
  });

  it("can be read without a theme, light and dark", () => {
    for (const dark of [false, true]) {
      const variables = palette({}, dark);
      for (const [ink, ground] of READ_ON) expect(ratio(variables, ink, ground)).toBeGreaterThan(4.5);
      expect(variables["color-scheme"]).toBe(dark ? "dark" : "light");
    }
  });

  it("keeps the colours of a theme that can be read as it is", () => {
    const night = palette(
      { bg_color: "#17212b", secondary_bg_color: "#232e3c", text_color: "#f5f5f5" },
      false,
    );
    expect(night["--page"]).toBe("#232e3c");
    expect(night["--surface"]).toBe("#17212b");
    expect(night["--text"]).toBe("#f5f5f5");
    expect(night["color-scheme"]).toBe("dark");
  });

  it("takes what is no colour for nothing", () => {
    expect(palette({ bg_color: "red; }", text_color: "url(x)" }, false)).toEqual(palette({}, false));
  });
});
