/** What of the page can be seen: phones lay the keyboard over it and call that nothing. */
import { signal } from "@preact/signals";

/** True while an on-screen keyboard takes room. */
export const typing = signal(false);

const KEYBOARD_SHARE = 0.8;

let tallest = 0;
let widthThen = 0;

function isTextField(element: Element | null): boolean {
  return element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement;
}

function measure(): void {
  const view = window.visualViewport;
  if (view && view.scale > 1.01) return; // the player magnifies the page: that is no keyboard
  const height = view?.height ?? window.innerHeight;
  const top = view?.offsetTop ?? 0;
  if (window.innerWidth !== widthThen) tallest = 0;
  widthThen = window.innerWidth;
  tallest = Math.max(tallest, height, window.innerHeight);
  const keyboard = Math.max(0, window.innerHeight - height - top);
  const { style } = document.documentElement;
  style.setProperty("--visible-height", `${height}px`);
  style.setProperty("--visible-top", `${top}px`);
  style.setProperty("--keyboard", `${keyboard}px`);
  typing.value = height < tallest * KEYBOARD_SHARE && isTextField(document.activeElement);
  document.documentElement.toggleAttribute("data-typing", typing.value);
}

export function watchViewport(): void {
  measure();
  window.visualViewport?.addEventListener("resize", measure);
  window.visualViewport?.addEventListener("scroll", measure);
  window.addEventListener("resize", measure);
  document.addEventListener("focusin", measure);
  document.addEventListener("focusout", measure);
}
