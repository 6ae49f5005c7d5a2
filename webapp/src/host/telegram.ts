/**
 * Telegram's clients. The only file that knows Telegram's script.
 *
 * The script comes from another host that may be slow or blocked, so nothing waits for it: what the page wants
 * is kept in signals and handed over when, and if, the script arrives. Until then the page draws its own
 * controls. Each newer method is guarded by `isVersionAtLeast`, and by its being there.
 */
import { computed, effect, signal } from "@preact/signals";
import type { Haptic, MainAction, TgHost } from "./host";
import type { Launch } from "./launch";
import { paint, type ThemeParams } from "./palette";

type WebApp = typeof window.Telegram.WebApp;

const SCRIPT = "https://telegram.org/js/telegram-web-app.js?64";

function load(onLoaded: () => void): void {
  const { head } = document;
  const script = document.createElement("script");
  script.src = SCRIPT;
  script.async = true;
  // In a frame the script puts a <style> into the page, for scrollbars. Our content security policy forbids
  // that; the element is kept out, so that nothing is broken and nothing reported.
  const append = head.appendChild;
  head.appendChild = <T extends Node>(node: T): T =>
    node instanceof HTMLStyleElement ? node : (append.call(head, node) as T);
  const settle = () => {
    head.appendChild = append;
  };
  script.onerror = settle;
  script.onload = () => {
    settle();
    onLoaded();
  };
  head.append(script);
}

/** Telegram's script throws where a client is too old for a call; the game goes on without it. */
function attempt(call: () => void): void {
  try {
    call();
  } catch {
    // an older client: its own controls stay as they were
  }
}

export class TelegramHost implements TgHost {
  readonly insideTelegram = true;
  readonly initData: string | null;
  readonly #app = signal<WebApp | null>(null);
  readonly #painted = signal(false);
  readonly #guarding = signal(false);
  readonly #onBack = signal<(() => void) | null>(null);
  readonly #main = signal<MainAction | null>(null);
  readonly #listeners: (() => void)[] = [];
  readonly drawsBack = computed(() => this.#app.value?.isVersionAtLeast("6.1") === true);
  readonly drawsMain = computed(() => this.#app.value !== null);

  constructor({ initData }: Launch) {
    this.initData = initData;
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") this.#activated();
    });
    load(() => this.#arrived());
  }

  #activated(): void {
    for (const listener of this.#listeners) listener();
  }

  #arrived(): void {
    const app = window.Telegram?.WebApp;
    if (!app) return;
    attempt(() => app.onEvent("themeChanged", () => this.#dress(app)));
    attempt(() => app.onEvent("activated", () => this.#activated()));
    attempt(() => app.onEvent("backButtonClicked", () => this.#onBack.peek()?.()));
    attempt(() => app.onEvent("mainButtonClicked", () => this.#main.peek()?.onPress()));
    this.#dress(app);
    this.#app.value = app;
    effect(() => this.#showBack(app, this.#onBack.value !== null));
    effect(() => this.#showMain(app, this.#main.value));
    effect(() => this.#guard(app, this.#guarding.value));
    effect(() => {
      if (this.#painted.value) attempt(() => this.#open(app));
    });
  }

  #open(app: WebApp): void {
    app.ready();
    app.expand();
  }

  #dress(app: WebApp): void {
    paint(app.themeParams as ThemeParams, app.colorScheme === "dark");
    if (!app.isVersionAtLeast("6.9")) return;
    const page = getComputedStyle(document.documentElement).getPropertyValue("--page") as `#${string}`;
    attempt(() => app.setHeaderColor(page));
    attempt(() => app.setBackgroundColor(page));
    if (app.isVersionAtLeast("7.10")) attempt(() => app.setBottomBarColor(page));
  }

  #showBack(app: WebApp, shown: boolean): void {
    if (!this.drawsBack.peek()) return;
    attempt(() => (shown ? app.BackButton.show() : app.BackButton.hide()));
  }

  #showMain(app: WebApp, action: MainAction | null): void {
    attempt(() => {
      if (!action) {
        app.MainButton.hide();
        return;
      }
      const colours = getComputedStyle(document.documentElement);
      app.MainButton.setParams({
        text: action.text,
        color: colours.getPropertyValue("--button") as `#${string}`,
        text_color: colours.getPropertyValue("--on-button") as `#${string}`,
        is_active: !action.busy,
        is_visible: true,
      });
      if (action.busy) app.MainButton.showProgress(true);
      else app.MainButton.hideProgress();
    });
  }

  #guard(app: WebApp, on: boolean): void {
    if (app.isVersionAtLeast("6.2")) {
      attempt(() => (on ? app.enableClosingConfirmation() : app.disableClosingConfirmation()));
    }
    if (app.isVersionAtLeast("7.7")) {
      attempt(() => (on ? app.disableVerticalSwipes() : app.enableVerticalSwipes()));
    }
  }

  ready(): void {
    this.#painted.value = true;
  }

  setBack(onBack: (() => void) | null): void {
    this.#onBack.value = onBack;
  }

  setMain(action: MainAction | null): void {
    this.#main.value = action;
  }

  guardRound(on: boolean): void {
    this.#guarding.value = on;
  }

  haptic(kind: Haptic): void {
    const app = this.#app.peek();
    if (!app?.isVersionAtLeast("6.1")) return;
    attempt(() => {
      if (kind === "flag") app.HapticFeedback.impactOccurred("medium");
      else app.HapticFeedback.notificationOccurred(kind);
    });
  }

  hideKeyboard(): void {
    const app = this.#app.peek();
    if (app?.isVersionAtLeast("9.1") && typeof app.hideKeyboard === "function")
      attempt(() => app.hideKeyboard());
    else if (window.matchMedia("(pointer: coarse)").matches) {
      (document.activeElement as HTMLElement | null)?.blur();
    }
  }

  get shareMessage() {
    const app = this.#app.peek();
    if (!app?.isVersionAtLeast("8.0") || !app.shareMessage) return null;
    return (id: string) => attempt(() => app.shareMessage(id));
  }

  get shareStory() {
    const app = this.#app.peek();
    if (!app?.isVersionAtLeast("7.8") || !app.shareToStory) return null;
    return (picture: string, text: string) => attempt(() => app.shareToStory(picture, { text }));
  }

  get close() {
    const app = this.#app.value; // whoever asks is drawn anew when the script arrives
    return app && (() => app.close());
  }

  onActivated(listener: () => void): void {
    this.#listeners.push(listener);
  }

  openTelegramLink(address: string): void {
    const app = this.#app.peek();
    if (app?.isVersionAtLeast("6.1")) app.openTelegramLink(address);
    else window.open(address, "_blank", "noopener");
  }
}
