/** The numbers of the game, as the server writes them into the page: known here, and in no other file. */

/**
 * As they stand in texts: {ROUNDS}, {LIES}, {POINTS} for each lie, {MAX} of them, {SECONDS} a picture, and how many
 * characters a {QUESTION}, a {CORRECTION} or a {NAME} may have.
 */
export type RuleName = "ROUNDS" | "LIES" | "POINTS" | "MAX" | "SECONDS" | "QUESTION" | "CORRECTION" | "NAME";

/** What a page has that no server wrote, as in development: a test of the server's holds it to its rules. */
const written =
  globalThis.document?.querySelector?.<HTMLMetaElement>("meta[name=rules]")?.content ||
  "ROUNDS=10&LIES=5&POINTS=20&MAX=100&SECONDS=120&QUESTION=500&CORRECTION=500&NAME=40";

export const rules = Object.fromEntries(new URLSearchParams(written)) as Record<RuleName, string>;
export const ROUNDS = Number(rules.ROUNDS);
export const LIES = Number(rules.LIES);
export const QUESTION_CHARS = Number(rules.QUESTION);
export const CORRECTION_CHARS = Number(rules.CORRECTION);
export const NAME_CHARS = Number(rules.NAME);
