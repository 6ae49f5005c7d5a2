/** Gives the page its colours. */
import { palette, type ThemeParams } from "./palette";

export const darkScheme: MediaQueryList = window.matchMedia("(prefers-color-scheme: dark)");

export function paint(theme: ThemeParams, dark: boolean): void {
  const { style } = document.documentElement;
  for (const [name, value] of Object.entries(palette(theme, dark))) style.setProperty(name, value);
}
