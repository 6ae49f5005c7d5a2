/** Telling others: in Telegram by its own sheet, in a browser by the browser's, or by copying. */
import { host } from "../host/host";
import { t } from "../i18n/language";
import { say } from "../play/screen";

export type ShareOutcome = "shared" | "copied" | "failed";

export interface Shareable {
  text: string;
  url: string;
  picture: Blob | null;
}

const outcomes = { shared: "result.shared", copied: "result.copied", failed: "result.share.failed" } as const;

function shareInTelegram({ text, url }: Shareable): ShareOutcome {
  const query = new URLSearchParams({ url, text }).toString().replaceAll("+", "%20");
  host().openTelegramLink(`https://t.me/share/url?${query}`);
  return "shared";
}

function offered({ text, url, picture }: Shareable): ShareData {
  const words = { text: `${text}\n${url}` };
  const files = picture ? [new File([picture], "catch-the-lie.png", { type: picture.type })] : [];
  const withPicture = { ...words, files };
  return navigator.canShare?.(withPicture) ? withPicture : words;
}

export async function share(what: Shareable): Promise<ShareOutcome> {
  if (host().insideTelegram) return shareInTelegram(what);
  const data = offered(what);
  try {
    if (navigator.canShare?.(data)) {
      await navigator.share(data);
      return "shared";
    }
    await navigator.clipboard.writeText(data.text ?? "");
    return "copied";
  } catch (problem) {
    // The player closed the sheet: that is no failure.
    return problem instanceof DOMException && problem.name === "AbortError" ? "shared" : "failed";
  }
}

/** The same, and a word on how it went. */
export async function shareAndSay(what: Shareable): Promise<void> {
  say(t(outcomes[await share(what)]));
}
