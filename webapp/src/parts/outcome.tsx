/** What a picture came to: its mark, its name, and a line on it. */
import type { Outcome } from "../api/client";
import { Drawn } from "./icons";

export const outcomeTexts = {
  caught: "result.outcome.caught",
  fooled: "result.outcome.fooled",
  trusted: "result.outcome.trusted",
  accused: "result.outcome.accused",
  checking: "result.outcome.checking",
  find: "result.outcome.find",
  timed_out: "result.outcome.timed_out",
  void: "result.outcome.void",
} as const;

export const outcomeNotes = {
  caught: "result.note.caught",
  fooled: "result.note.fooled",
  trusted: "result.note.trusted",
  accused: "result.note.accused",
  checking: "result.note.checking",
  find: "result.note.find",
  timed_out: "result.note.timed_out",
  void: "result.note.void",
} as const;

// Here and not among the other icons: those are loaded before the first round.
const marks: Record<Outcome, string> = {
  caught: "M5 12.5l4.5 4.5L19 7.5",
  fooled: "M6 6l12 12M18 6L6 18",
  trusted: "M12 3l7 3v5c0 4.5-2.8 8-7 10-4.2-2-7-5.5-7-10V6zM9 11.5l2.2 2.2L15 10",
  accused: "M6 21V4M6 5h12l-3 4 3 4H6",
  checking: "M10.5 18a7.5 7.5 0 1 1 0-15 7.5 7.5 0 0 1 0 15zM16 16l5 5",
  find: "M12 3l2.7 5.6 6.1.8-4.5 4.3 1.1 6.1L12 16.9l-5.4 2.9 1.1-6.1L3.2 9.4l6.1-.8z",
  timed_out: "M12 21a9 9 0 1 1 0-18 9 9 0 0 1 0 18zM12 7v5l3.5 2",
  void: "M5 12h14",
};

export function Mark({ outcome }: { outcome: Outcome }) {
  return <Drawn path={marks[outcome]} />;
}
