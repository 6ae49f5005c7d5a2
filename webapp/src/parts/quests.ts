/** A quest in words. The server names it `catch_` or `find_`, and what its question must be about. */
import { t } from "../i18n/language";
import type { Key } from "../i18n/types";

const texts: Readonly<Record<string, Key>> = {
  catch_colour: "quest.catch.colour",
  catch_position: "quest.catch.position",
  catch_attribute: "quest.catch.attribute",
  catch_existence: "quest.catch.existence",
  catch_action: "quest.catch.action",
  catch_kind: "quest.catch.kind",
  catch_text: "quest.catch.text",
  find_colour: "quest.find.colour",
  find_position: "quest.find.position",
  find_attribute: "quest.find.attribute",
  find_existence: "quest.find.existence",
  find_action: "quest.find.action",
  find_kind: "quest.find.kind",
  find_text: "quest.find.text",
};

/** A server that is newer than the page may know others: those are told by their names. */
export function questText(id: string): string {
  const key = texts[id];
  return key ? (t as (key: Key) => string)(key) : id;
}
