/** Closes the mini-app; only where Telegram's script is there. */
export function close(): void {
  window.Telegram?.WebApp?.close();
}
