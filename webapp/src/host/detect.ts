import { BrowserHost } from "./browser";
import type { TgHost } from "./host";
import { type Launch, readLaunch } from "./launch";
import { tabStorage } from "./memory";
import { TelegramHost } from "./telegram";

export const launch: Launch | null = readLaunch(location.hash, tabStorage);

/** What the player reads, best first. Known before the host is there. */
export const languages: readonly string[] = launch?.language
  ? [launch.language, ...navigator.languages]
  : navigator.languages;

export function createHost(): TgHost {
  return launch ? new TelegramHost(launch) : new BrowserHost();
}
