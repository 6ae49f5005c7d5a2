/** Telling others: in Telegram by its own sheet, in a browser by the browser's, or by copying. */
import { answerTo, type Share, server } from "../api/client";
import { host } from "../host/host";
import { t } from "../i18n/language";
import { say } from "../play/screen";

export type ShareOutcome = "shared" | "copied" | "failed";

export interface Shareable {
  text: string;
  url: string;
  picture: Blob | null;
  /** Of the game whose card the bot can put into a message. */
  sessionId?: string;
}

const outcomes = { shared: "result.shared", copied: "result.copied", failed: "result.share.failed" } as const;

/** Null where it does not work just now: then a link has to do. */
export async function prepared(sessionId: string): Promise<Share | null> {
  const params = { path: { session_id: sessionId } };
  try {
    return await answerTo(server.POST("/api/v1/sessions/{session_id}/share", { params }));
  } catch {
    return null;
  }
}

async function shareInTelegram({ text, url, sessionId }: Shareable): Promise<ShareOutcome> {
  const { shareMessage } = host();
  const message = shareMessage && sessionId ? (await prepared(sessionId))?.prepared_message_id : null;
  if (shareMessage && message) {
    shareMessage(message);
    return "shared";
  }
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
