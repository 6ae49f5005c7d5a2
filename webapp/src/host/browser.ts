/** A plain browser: the page draws every control, and the browser's Back is the page's Back. */
import { signal } from "@preact/signals";
import type { Haptic, MainAction, TgHost } from "./host";
import { darkScheme, paint } from "./palette";

export class BrowserHost implements TgHost {
  readonly insideTelegram: boolean = false;
  readonly initData: string | null = null;
  readonly drawsBack = signal(false);
  readonly drawsMain = signal(false);
  #onBack: (() => void) | null = null;

  constructor() {
    darkScheme.addEventListener("change", () => paint({}, darkScheme.matches));
    window.addEventListener("popstate", () => this.#popped());
  }

  ready(): void {}

  setBack(onBack: (() => void) | null): void {
    this.#onBack = onBack;
    if (onBack && !history.state?.inner) history.pushState({ inner: true }, "");
  }

  #popped(): void {
    if (!this.#onBack) return;
    // The entry that was left is put back: the page decides whether it really goes.
    history.pushState({ inner: true }, "");
    this.#onBack();
  }

  setMain(_action: MainAction | null): void {}

  /** Nothing to guard: after a reload the round goes on where it was. */
  guardRound(_on: boolean): void {}

  haptic(_kind: Haptic): void {}

  hideKeyboard(): void {
    if (window.matchMedia("(pointer: coarse)").matches)
      (document.activeElement as HTMLElement | null)?.blur();
  }

  onActivated(listener: () => void): void {
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") listener();
    });
    window.addEventListener("pageshow", (event) => {
      if (event.persisted) listener();
    });
  }

  readonly shareMessage = null;
  readonly shareStory = null;
  readonly close = null;

  openTelegramLink(address: string): void {
    window.open(address, "_blank", "noopener");
  }
}
