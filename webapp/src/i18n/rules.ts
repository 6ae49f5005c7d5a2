/** The numbers of the game, as the server writes them into the page: texts take them from here. */

/** As they stand in texts: {ROUNDS}, {LIES}, {POINTS} for each lie, {MAX} of them, {SECONDS} a picture. */
export type RuleName = "ROUNDS" | "LIES" | "POINTS" | "MAX" | "SECONDS";

/** What a page has that no server wrote, as in development. */
const written =
  globalThis.document?.querySelector?.<HTMLMetaElement>("meta[name=rules]")?.content ||
  "ROUNDS=10&LIES=5&POINTS=20&MAX=100&SECONDS=120";

export const rules = Object.fromEntries(new URLSearchParams(written)) as Record<RuleName, string>;
export const ROUNDS = Number(rules.ROUNDS);
export const LIES = Number(rules.LIES);
