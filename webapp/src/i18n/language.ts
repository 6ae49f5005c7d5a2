/**
 * The language of the page. Another language is one more file in catalogues/: it is found by its name. The build
 * cuts each file in two (scripts/catalogues.ts): the first round waits for the smaller part alone.
 */
import { computed, signal } from "@preact/signals";
import { rules } from "./rules";
import type { Arguments, Catalogue, Key, PluralText } from "./types";

type Texts = Partial<Catalogue>;
type Loaders = Record<string, () => Promise<Texts>>;

const first: Loaders = import.meta.glob<Texts>("./catalogues/*.ts", { query: "?first", import: "default" });
const lazy: Loaders = import.meta.glob<Texts>("./catalogues/*.ts", { query: "?lazy", import: "default" });

const codeOf = (path: string): string => path.replace(/^.*\/(.+)\.ts$/, "$1");

export const languageCodes: readonly string[] = Object.keys(first).map(codeOf).sort();

export const PATIENCE_MS = 4000;
const current = signal<{ code: string; texts: Texts }>({ code: "", texts: {} });
let wanted = "";
let wantsAll = false;

export const language = computed(() => current.value.code);
const plural = computed(() => new Intl.PluralRules(language.value));
const numbers = computed(() => new Intl.NumberFormat(language.value));

/** The first of `wanted` that there is a catalogue for, by its primary tag; English where there is none. */
export function bestLanguage(wanted: readonly string[]): string {
  for (const tag of wanted) {
    const primary = tag.toLowerCase().split(/[-_]/)[0] ?? "";
    if (languageCodes.includes(primary)) return primary;
  }
  return "en";
}

async function load(code: string, parts: Loaders[]): Promise<void> {
  const loaded = parts.map((part) => part[`./catalogues/${code}.ts`]?.() ?? {});
  const spoken = Promise.all(loaded).then((texts) => {
    const now = current.value.code;
    if (now && now !== code && code !== wanted) return; // another one was asked for since, and is there
    const known = now === code ? current.value.texts : {};
    current.value = { code, texts: Object.assign({}, known, ...texts) };
    document.documentElement.lang = code;
  });
  // Where no other is there to go on with, it is waited for.
  const late = new Promise((resolve, reject) =>
    setTimeout(() => (language.value ? reject(new Error(code)) : resolve(spoken)), PATIENCE_MS),
  );
  await Promise.race([spoken, late]);
}

/** Changes the language of the page. Where its file does not arrive in time, the page stays as it is until then. */
export async function speak(code: string): Promise<void> {
  if (!languageCodes.includes(code)) return;
  wanted = code;
  if (code === language.value) return;
  try {
    await load(code, wantsAll ? [first, lazy] : [first]);
  } catch (missing) {
    if (!language.value) throw missing; // nothing is there to stay as
  }
}

/** Fetches the texts of the screens after the first round. Rejects where they do not arrive in time. */
export async function learnTheRest(): Promise<void> {
  if (wantsAll) return;
  await load(language.value, [lazy]);
  wantsAll = true;
}

export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

function chosen(text: string | PluralText | undefined, count: unknown): string {
  if (typeof text !== "object") return text ?? "";
  return text[plural.value.select(Number(count))] ?? text.other;
}

/** A picture's time as it is spoken: "2 minutes". */
function time(): string {
  const minutes = Number(rules.SECONDS) / 60;
  const unit = Number.isInteger(minutes) ? "minute" : "second";
  const form = new Intl.NumberFormat(language.value, { style: "unit", unit, unitDisplay: "long" });
  return form.format(unit === "minute" ? minutes : minutes * 60);
}

export function t<K extends Key>(key: K, ...[values]: Arguments<K>): string {
  const given: Readonly<Record<string, string | number>> = { ...rules, TIME: time(), ...values };
  const text = chosen(current.value.texts[key], given.count);
  return "count" in given ? fill(text, { ...given, count: number(Number(given.count)) }) : fill(text, given);
}

const ORIGINAL_NAME = "Catch the Lie";
/** The server writes the operator's name for the game into the page. */
const givenName = globalThis.document?.title ?? ORIGINAL_NAME;

/** What the game is called: ours has a name in each language, another is the same in all. */
export const gameName = (): string => (givenName === ORIGINAL_NAME ? t("app.name") : givenName);

export function number(value: number): string {
  return numbers.value.format(value);
}

/** A language's own name: "русский". */
export function nameOf(code: string): string {
  const name = new Intl.DisplayNames([code], { type: "language" }).of(code) ?? code;
  return name.charAt(0).toLocaleUpperCase(code) + name.slice(1);
}
