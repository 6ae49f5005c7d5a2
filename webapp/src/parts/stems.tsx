/** Beginnings of questions, to be gone on from: the hardest part of a question is its first word. */

import { t } from "../i18n/language";
import type { Key } from "../i18n/types";
import { session } from "../play/session";

const USUAL = ["counting", "colour", "existence", "position", "text"] as const;
const texts = {
  counting: "stem.counting",
  colour: "stem.colour",
  existence: "stem.existence",
  position: "stem.position",
  text: "stem.text",
  attribute: "stem.attribute",
  action: "stem.action",
  kind: "stem.kind",
} as const satisfies Record<string, Key>;

type Category = keyof typeof texts;

const isKnown = (category: string): category is Category => category in texts;

/** What the game's quests are about comes first. A game without quests is to be steered by nothing. */
function offered(): [wanted: ReadonlySet<Category>, all: readonly Category[]] {
  const quests = session.value?.quests ?? [];
  const wanted = new Set(quests.map((id) => id.slice(id.indexOf("_") + 1)).filter(isKnown));
  return [wanted, [...new Set([...wanted, ...USUAL])]];
}

export function Stems({ onPick }: { onPick: (beginning: string) => void }) {
  const [wanted, all] = offered();
  return (
    <div class="stems">
      {all.map((category) => {
        const text = t(texts[category]);
        return (
          <button key={category} type="button" class="stem" onClick={() => onPick(text)}>
            <span class={wanted.has(category) ? "stem-text wanted" : "stem-text"}>{text}…</span>
          </button>
        );
      })}
    </div>
  );
}
