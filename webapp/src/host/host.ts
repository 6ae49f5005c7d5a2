/** What the page needs of whatever it runs in: Telegram's clients, a plain browser, a test. */
import type { ReadonlySignal } from "@preact/signals";

export interface MainAction {
  text: string;
  busy: boolean;
  onPress: () => void;
}

export type Haptic = "flag" | "warning" | "success";
export interface TgHost {
  readonly insideTelegram: boolean;
  /** The launch parameters that Telegram signed, raw; null where there are none. */
  readonly initData: string | null;
  /** True while the host draws that control itself; the page draws its own otherwise. */
  readonly drawsBack: ReadonlySignal<boolean>;
  readonly drawsMain: ReadonlySignal<boolean>;
  /** The page has painted. */
  ready(): void;
  setBack(onBack: (() => void) | null): void;
  setMain(action: MainAction | null): void;
  /** Inside a round nothing may close the page by accident. */
  guardRound(on: boolean): void;
  haptic(kind: Haptic): void;
  hideKeyboard(): void;
  /** Called whenever the page may have slept. */
  onActivated(listener: () => void): void;
  /** A message that the bot prepared, to a chat that the player chooses; null where the client cannot. */
  readonly shareMessage: ((id: string) => void) | null;
  /** A picture as a story; null where the client cannot. */
  readonly shareStory: ((picture: string, text: string) => void) | null;
  /** Closes the mini-app; null where the page cannot. */
  readonly close: (() => void) | null;
  /** Opens one of Telegram's own pages, t.me/... */
  openTelegramLink(address: string): void;
}

let chosen: TgHost | null = null;

export function runIn(host: TgHost): void {
  chosen = host;
}

/** What the page runs in, chosen once at the start. */
export function host(): TgHost {
  if (!chosen) throw new Error("the page has no host yet");
  return chosen;
}
