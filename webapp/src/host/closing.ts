/** Apart from the rest of the host, because one screen alone needs it, and late. */

/** Closes the mini-app; only where Telegram's script is there. */
export function close(): void {
  window.Telegram?.WebApp?.close();
}
