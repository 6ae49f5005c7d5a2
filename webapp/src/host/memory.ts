/** The little that outlives a reload of this tab. Never the token: that is in memory only. */

type Kept = "demo-name" | "draft" | "flagged-round" | "result";

function storage(): Storage | null {
  try {
    return window.sessionStorage;
  } catch {
    return null; // blocked by the browser's settings: nothing is kept, all else works
  }
}

export const tabStorage: Storage | null = typeof window === "undefined" ? null : storage();

export function recall(name: Kept): string | null {
  return tabStorage?.getItem(`gap.${name}`) ?? null;
}

export function keep(name: Kept, value: string | null): void {
  try {
    if (value === null) tabStorage?.removeItem(`gap.${name}`);
    else tabStorage?.setItem(`gap.${name}`, value);
  } catch {
    // full or forbidden: the same as not having one
  }
}
