import type { TgHost } from "./host";

let chosen: TgHost | null = null;

export function runIn(host: TgHost): void {
  chosen = host;
}

/** What the page runs in, chosen once at the start. */
export function host(): TgHost {
  if (!chosen) throw new Error("the page has no host yet");
  return chosen;
}
