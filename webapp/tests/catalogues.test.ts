import { describe, expect, it } from "vitest";
import english from "../src/i18n/catalogues/en";
import type { PluralText } from "../src/i18n/types";

type Text = string | PluralText;

const files = import.meta.glob<{ default: Record<string, Text> }>("../src/i18n/catalogues/*.ts", {
  eager: true,
});
const catalogues = Object.entries(files).map(
  ([path, file]) => [path.replace(/^.*\/(.+)\.ts$/, "$1"), file.default] as const,
);
const source: Record<string, Text> = english;

const forms = (text: Text): string[] => (typeof text === "string" ? [text] : Object.values(text));
const placeholders = (text: string): string[] =>
  [...text.matchAll(/\{(\w+)\}/g)].map(([name]) => name).sort();

const program = Object.values(
  import.meta.glob<string>(["../src/**/*.ts", "../src/**/*.tsx", "!../src/i18n/catalogues/*"], {
    eager: true,
    query: "?raw",
    import: "default",
  }),
).join("\n");

it("has no text that nothing shows", () => {
  // Some are named by what they begin with: t(`${step}.title`) with step "how.ask".
  const isShown = (key: string) =>
    program.includes(`"${key}"`) || program.includes(`"${key.replace(/\.[^.]+$/, "")}"`);
  const built = /^refused\.\d$/;
  expect(Object.keys(source).filter((key) => !isShown(key) && !built.test(key))).toEqual([]);
});

describe.each(catalogues)("the catalogue %s", (code, catalogue) => {
  it("has every text of the English one, and no other", () => {
    expect(Object.keys(catalogue).sort()).toEqual(Object.keys(source).sort());
  });

  it("promises no other number of lies than there are", () => {
    // "About five" of something may be four or six: it must be said by "on", or «про … из».
    const vague = /(about|around|примерно|около)\s+(про\s+)?\{LIES\}/i;
    for (const text of Object.values(catalogue)) {
      for (const form of forms(text)) expect(form).not.toMatch(vague);
    }
  });

  it("leaves no text empty", () => {
    for (const [key, text] of Object.entries(catalogue)) {
      for (const form of forms(text)) expect(form.trim(), key).not.toBe("");
    }
  });

  it("fills the same placeholders", () => {
    for (const [key, text] of Object.entries(catalogue)) {
      const [wanted = ""] = forms(source[key] ?? "").slice(-1);
      for (const form of forms(text)) expect(placeholders(form), key).toEqual(placeholders(wanted));
    }
  });

  it("has a form for every plural of its language", () => {
    const categories = new Intl.PluralRules(code).resolvedOptions().pluralCategories;
    for (const [key, text] of Object.entries(catalogue)) {
      expect(typeof text, key).toBe(typeof source[key]);
      if (typeof text !== "string") expect(Object.keys(text).sort(), key).toEqual([...categories].sort());
    }
  });
});
