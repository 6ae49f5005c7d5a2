/** What a player may always do: take the consent back, or leave no trace. */
import { answerTo, holdToken, server } from "../api/client";
import { untilAnswered } from "../api/connection";
import { keep } from "../host/memory";
import { granted, me, signingIn, standing } from "./player";

export async function withdrawConsent(): Promise<void> {
  await untilAnswered(() => answerTo(server.DELETE("/api/v1/me/consent")));
  granted(null);
}

export async function deleteMe(contributions: "erase" | "keep"): Promise<void> {
  await untilAnswered(() => answerTo(server.DELETE("/api/v1/me", { params: { query: { contributions } } })));
  holdToken(null);
  keep("demo-name", null);
  me.value = null;
  standing.value = "deleted";
}

/** Who may not play may still see, and take back, what is held. */
export async function signInForOwnData(): Promise<void> {
  const signedIn = await untilAnswered(async () => signingIn({ purpose: "own_data" }));
  if (!signedIn) return;
  holdToken(signedIn.token);
  me.value = signedIn.player;
}

/** For a browser that others use too: Telegram's clients sign in again by themselves. */
export async function signOut(): Promise<void> {
  await untilAnswered(() => answerTo(server.DELETE("/api/v1/auth/token")));
  keep("demo-name", null);
  holdToken(null);
  me.value = null;
  standing.value = "guest";
}
