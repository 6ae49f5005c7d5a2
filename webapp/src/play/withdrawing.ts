/** What a player may always do: take the consent back, or leave no trace. */
import { answerTo, holdToken, server } from "../api/client";
import { untilAnswered } from "../api/connection";
import { keep } from "../host/memory";
import { granted, me, standing } from "./player";

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
