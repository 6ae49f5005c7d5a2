/** What the ten pictures came to, and how to tell others without spoiling anything. */
import type { Result, RoundResult } from "../api/client";
import { gameName, t } from "../i18n/language";

export type Outcome = "caught" | "missed" | "flagged" | "left" | "void";

export function outcomeOf(round: Pick<RoundResult, "state" | "points" | "was_trap" | "judgement">): Outcome {
  if (round.points > 0) return "caught";
  if (round.state === "void") return "void";
  if (round.was_trap) return "missed";
  return round.judgement === "wrong" ? "flagged" : "left";
}

const squares: Record<Outcome, string> = {
  caught: "🟩",
  missed: "🟥",
  flagged: "🟨",
  left: "⬜",
  void: "⬛",
};

export function shareText(result: Result, streakDays: number): string {
  const lines = [t("result.share.text", { name: gameName(), score: result.score, max: result.max_score })];
  const row = result.rounds.map((round) => squares[outcomeOf(round)]).join("");
  lines.push(row);
  if (streakDays > 1) lines.push(`🔥 ${t("result.share.streak", { count: streakDays })}`);
  return lines.join("\n");
}
