/** From a theme, however odd, to the page's own colours, every text of which can be read. */
import { luminance, mix, parseHex, type Rgb, readable, shareInk, toHex } from "./contrast";

/** Telegram's names: `bg_color`, `text_color`, ... as `#rrggbb`. */
export type ThemeParams = Readonly<Record<string, string | undefined>>;

const LIGHT = { page: "#f1f2f6", surface: "#ffffff", text: "#16181d", hint: "#636a75", button: "#2b6fd6" };
const DARK = { page: "#0f1216", surface: "#1b2027", text: "#f2f4f7", hint: "#9aa3af", button: "#3d7fe0" };
const DANGER = "#d33a3a";
const GOOD = "#1f9254";

const colour = (...texts: (string | undefined)[]): Rgb => {
  for (const text of texts) {
    const parsed = parseHex(text);
    if (parsed) return parsed;
  }
  return [128, 128, 128];
};

/** A filled control: its ground is moved until the ink on it can be read. */
function filled(ground: Rgb, ink: Rgb): [ground: Rgb, ink: Rgb] {
  const sharp: Rgb = luminance(ink) > 0.4 ? [255, 255, 255] : [0, 0, 0];
  return [readable(ground, [sharp]), sharp];
}

/** The CSS variables of styles/base.css. `dark` decides the defaults where the theme names no ground. */
export function palette(theme: ThemeParams, dark: boolean): Record<string, string> {
  const ground = parseHex(theme.secondary_bg_color) ?? parseHex(theme.bg_color);
  const defaults = (ground ? luminance(ground) < 0.18 : dark) ? DARK : LIGHT;
  const page = colour(theme.secondary_bg_color, theme.bg_color, defaults.page);
  let surface = colour(
    theme.section_bg_color,
    theme.bg_color,
    ground ? undefined : defaults.surface,
    toHex(page),
  );
  if (!shareInk(page, surface)) surface = page;
  const text = readable(colour(theme.text_color, defaults.text), [page, surface], 7);
  const lifted = mix(surface, text, 0.07);
  const raised = shareInk(page, surface, lifted) ? lifted : surface;
  const grounds = [page, surface, raised];
  const [button, onButton] = filled(
    colour(theme.button_color, defaults.button),
    colour(theme.button_text_color, "#ffffff"),
  );
  const danger = readable(colour(theme.destructive_text_color, DANGER), grounds);
  const good = readable(colour(GOOD), grounds);
  const [dangerFill, onDanger] = filled(colour(DANGER), [255, 255, 255]);
  const [goodFill, onGood] = filled(colour(GOOD), [255, 255, 255]);
  const colours: Record<string, Rgb> = {
    page,
    surface,
    raised,
    text: readable(text, grounds),
    hint: readable(colour(theme.subtitle_text_color, theme.hint_color, defaults.hint), grounds),
    accent: readable(colour(theme.accent_text_color, theme.link_color, toHex(button)), grounds),
    line: mix(surface, text, 0.13),
    edge: readable(colour(theme.hint_color, defaults.hint), grounds, 3.1),
    button,
    "on-button": onButton,
    danger,
    good,
    "danger-fill": dangerFill,
    "on-danger": onDanger,
    "good-fill": goodFill,
    "on-good": onGood,
  };
  const variables = Object.entries(colours).map(([name, value]) => [`--${name}`, toHex(value)]);
  return { ...Object.fromEntries(variables), "color-scheme": luminance(page) < 0.18 ? "dark" : "light" };
}

export const darkScheme = globalThis.matchMedia?.("(prefers-color-scheme: dark)");

/** Gives the page its colours. */
export function paint(theme: ThemeParams, dark: boolean): void {
  const { style } = document.documentElement;
  for (const [name, value] of Object.entries(palette(theme, dark))) style.setProperty(name, value);
}
