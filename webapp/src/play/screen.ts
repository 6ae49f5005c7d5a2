/** Which screen is shown, and what lies on top of it. */
import { signal } from "@preact/signals";
import { keep } from "../host/memory";

export type Screen =
  | { name: "home" }
  | { name: "round" }
  // `played`: when, for a game of the past.
  | { name: "result"; sessionId: string; played?: string }
  | { name: "leaderboard" }
  | { name: "daily" }
  | { name: "jury" }
  | { name: "finds" }
  | { name: "profile" }
  | { name: "how" }
  | { name: "privacy" };

/** The bot links to the policy, which anybody may read. */
const POLICY = "#/privacy";

export const screen = signal<Screen>({
  name: globalThis.location?.hash === POLICY ? "privacy" : "home",
});
/** Closes what lies on top of the screen (a dialog, the enlarged picture); null where nothing does. */
export const closeOverlay = signal<(() => void) | null>(null);
/** What Back does on this screen instead of going home. */
export const backOverride = signal<(() => void) | null>(null);

let before: Screen = { name: "home" };

export function show(next: Screen): void {
  const from = screen.value;
  const isAside =
    next.name === "privacy" ||
    (from.name === "profile" && next.name === "finds") ||
    (next.name === "result" && from.name === "profile");
  before = isAside ? from : { name: "home" };
  keep("result", next.name === "result" ? next.sessionId : null);
  backOverride.value = null;
  notice.value = null;
  screen.value = next;
  window.scrollTo(0, 0);
}

export function goBack(): void {
  if (closeOverlay.value) closeOverlay.value();
  else if (backOverride.value) backOverride.value();
  else show(before);
}

const NOTICE_MS = 4000;
const READING_MS = 70; // a letter
/** A short word in passing. */
export const notice = signal<string | null>(null);
let noticeTimer: ReturnType<typeof setTimeout> | undefined;

export function say(text: string): void {
  notice.value = text;
  clearTimeout(noticeTimer);
  noticeTimer = setTimeout(
    () => {
      notice.value = null;
    },
    Math.max(NOTICE_MS, text.length * READING_MS),
  );
}
