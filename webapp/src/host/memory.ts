/** The little that outlives a reload of this tab, or the tab itself. Never the token: that is in memory only. */

type Kept = "demo-name" | "draft" | "flagged-round" | "flags" | "loaded-anew" | "result" | "sound";

function storage(kind: "sessionStorage" | "localStorage"): Storage | null {
  try {
    return typeof window === "undefined" ? null : window[kind];
  } catch {
    return null; // blocked by the browser's settings: nothing is kept, all else works
  }
}

export const tabStorage = storage("sessionStorage");

/** Who plays the demo, and whether it sounds, is the same in the next tab; all else is one tab's own. */
const storageOf = (name: Kept) =>
  name === "demo-name" || name === "sound" ? storage("localStorage") : tabStorage;

export function recall(name: Kept): string | null {
  return storageOf(name)?.getItem(`gap.${name}`) ?? null;
}

export function keep(name: Kept, value: string | null): void {
  try {
    if (value === null) storageOf(name)?.removeItem(`gap.${name}`);
    else storageOf(name)?.setItem(`gap.${name}`, value);
  } catch {
    // full or forbidden: the same as not having one
  }
}
