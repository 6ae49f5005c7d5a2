/** When something was, as it is written where the player is. */
import { language } from "./language";

function isLocale(tag: string): boolean {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(tag).length > 0;
  } catch {
    return false; // browsers have been seen to name locales of their own making
  }
}

/** Where nothing says where the player is: of English, the day before the month, as most countries write it. */
const usual: Record<string, string> = { en: "en-GB" };

/** The page's language as it is spoken there: dates of en-GB are not those of en-US. */
function locale(): string {
  const here = globalThis.navigator?.languages ?? [];
  return (
    here.find((tag) => tag.startsWith(`${language.value}-`) && isLocale(tag)) ??
    usual[language.value] ??
    language.value
  );
}

/** The days of a week, Monday first. */
export function weekdays(width: "narrow" | "long"): string[] {
  const form = new Intl.DateTimeFormat(locale(), { weekday: width, timeZone: "UTC" });
  return Array.from({ length: 7 }, (_, day) => form.format(Date.UTC(2024, 0, 1 + day))); // that was a Monday
}

/** Day and time: two games of one day look different. */
export function moment(instant: string): string {
  const form = new Intl.DateTimeFormat(locale(), { dateStyle: "medium", timeStyle: "short" });
  return form.format(new Date(instant));
}
