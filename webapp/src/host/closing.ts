/** Where Telegram's script is there, the page can close itself. */
export const canClose = (): boolean => typeof window.Telegram?.WebApp?.close === "function";

export function close(): void {
  window.Telegram?.WebApp?.close();
}
