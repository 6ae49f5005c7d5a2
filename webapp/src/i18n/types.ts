/** What a catalogue must hold, derived from the English one: a text that is missing does not compile. */
import type en from "./catalogues/en";
import type { RuleName } from "./rules";

type English = typeof en;
export type Key = keyof English;

/** One form for each plural category of the language; `other` is always there. */
export type PluralText = Readonly<{ other: string } & Partial<Record<Intl.LDMLPluralRule, string>>>;

export type Catalogue = Readonly<{ [K in Key]: English[K] extends string ? string : PluralText }>;

/** What a caller must give: the numbers of the game are filled in by themselves. */
type Placeholders<Text> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Exclude<Name, RuleName | "TIME"> | Placeholders<Rest>
  : never;
type NamesIn<K extends Key> = English[K] extends { other: infer Text }
  ? Placeholders<Text>
  : Placeholders<English[K]>;
type ValueOf<Name> = Name extends "count" ? number : string | number;
type Values<K extends Key> = { [Name in NamesIn<K>]: ValueOf<Name> };

/** `t("home.play")` takes nothing more, `t("home.continue", {position, total})` takes exactly those. */
export type Arguments<K extends Key> = [NamesIn<K>] extends [never] ? [] : [values: Values<K>];
