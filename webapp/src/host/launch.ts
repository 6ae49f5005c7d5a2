/** Telegram's launch parameters, read from the address at once: nothing waits for Telegram's script. */
import type { ThemeParams } from "./palette";

export interface Launch {
  initData: string | null;
  theme: ThemeParams;
  language: string | null;
  /** What the link that opened the game carries. */
  startParam: string | null;
}

type Params = Record<string, string | undefined>;

function parseJson(text: string | undefined | null): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text ?? "");
    return value !== null && typeof value === "object" ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** Telegram's script keeps the parameters there, for pages that lose their hash when they reload. */
function kept(storage: Storage | null): Params {
  try {
    return parseJson(storage?.getItem("__telegram__initParams")) as Params;
  } catch {
    return {};
  }
}

function languageOf(initData: string | null): string | null {
  const user = parseJson(new URLSearchParams(initData ?? "").get("user"));
  return typeof user.language_code === "string" ? user.language_code : null;
}

/** Null where the page was not opened by Telegram. */
export function readLaunch(hash: string, storage: Storage | null): Launch | null {
  const text = hash.replace(/^#/, "");
  const fromHash = Object.fromEntries(new URLSearchParams(text.slice(text.indexOf("?") + 1)));
  const params: Params = { ...kept(storage), ...fromHash };
  if (!Object.keys(params).some((name) => name.startsWith("tgWebApp"))) return null;
  const initData = params.tgWebAppData || null;
  return {
    initData,
    theme: parseJson(params.tgWebAppThemeParams) as ThemeParams,
    language: languageOf(initData),
    startParam: params.tgWebAppStartParam ?? null,
  };
}
