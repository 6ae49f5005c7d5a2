/** What the ten pictures came to, and how to tell others without spoiling anything. */
import type { Outcome, Result } from "../api/client";
import { gameName, t } from "../i18n/language";

export const squares: Record<Outcome, string> = {
  caught: "🟩",
  fooled: "🟥",
  trusted: "🟦",
  accused: "🟨",
  checking: "🟪",
  find: "⭐",
  timed_out: "⬜",
  void: "⬛",
};

export function shareText(result: Result, streakDays: number): string {
  const title = t("result.share.text", { name: gameName(), score: result.score, max: result.max_score });
  const lines = [result.number === null ? title : `${title} · #${result.number}`];
  const row = result.rounds.map((round) => squares[round.outcome]).join("");
  lines.push(row);
  if (streakDays > 1) lines.push(`🔥 ${t("result.share.streak", { count: streakDays })}`);
  return lines.join("\n");
}
