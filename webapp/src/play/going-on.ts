import { t } from "../i18n/language";
import { say } from "./screen";
import { next } from "./session";

/** The next picture, or the result. A failure is said, and may be tried again. */
export async function goOn(): Promise<void> {
  try {
    await next();
  } catch {
    say(t("problem.unknown"));
  }
}
