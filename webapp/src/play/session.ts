/** A game of ten pictures: starting, resuming, going on, ending. */
import { signal } from "@preact/signals";
import { answerTo, type Round, type Session, server, type Wish } from "../api/client";
import { untilAnswered } from "../api/connection";
import { isProblem } from "../api/problem";
import { launch } from "../host/detect";
import { keep, recall } from "../host/memory";
import { t } from "../i18n/language";
import { asking, draft, followPending, forgetAsking } from "./asking";
import { Countdown } from "./clock";
import { forgetPictures } from "./picture";
import { refreshMe } from "./player";
import { adopt, fetchRound, flags, leaveRound, receive, round } from "./round";
import { say, screen, show } from "./screen";

export const session = signal<Session | null>(null);

/**
 * The challenge that a link brought the player here by, until it is taken up or turns out not to fit. Telegram's
 * links carry its code as `c_<code>`, a browser's as `?challenge=<code>`.
 */
export const challenged = signal(
  launch?.startParam?.match(/^c_(.+)/)?.[1] ?? new URLSearchParams(location.search).get("challenge"),
);

/** When the last call for the current session or the next round was sent, by performance.now(). */
let sentAt = 0;

/** At zero the server has the last word, and grants a moment more. */
const LOOK_AGAIN_MS = 1000;

/** Of the round that goes on while its player is at home. */
export const away = new Countdown(() => setTimeout(lookUpQuietly, LOOK_AGAIN_MS));

function lookUpQuietly(): void {
  if (screen.value.name === "home") void lookUp().catch(() => undefined);
}

/** Learns how the game stands, and what is left of a round that is running. */
async function lookUp(): Promise<void> {
  session.value = await fetchCurrent();
  const running = session.value?.round;
  if (running && screen.value.name === "home") away.start(running, sentAt);
  else away.stop();
}

async function fetchCurrent(): Promise<Session | null> {
  try {
    return await untilAnswered(() => {
      sentAt = performance.now();
      return answerTo(server.GET("/api/v1/sessions/current"));
    });
  } catch (error) {
    if (isProblem(error, "no_open_session")) return null;
    throw error;
  }
}

/** Looks up where the player stands, and goes there where a clock is running. */
export async function resume(): Promise<void> {
  session.value = await fetchCurrent();
  const running = session.value?.round;
  if (running) enter(running);
  else if (session.value) await resumeCorrection();
  else resumeResult();
}

function resumeResult(): void {
  const sessionId = recall("result");
  if (sessionId) show({ name: "result", sessionId });
}

/** A reload while the right answer was being typed. */
async function resumeCorrection(): Promise<void> {
  const id = recall("flagged-round");
  if (!id) return;
  try {
    await receive(() => fetchRound(id));
    show({ name: "round" });
  } catch {
    keep("flagged-round", null);
  }
}

function enter(next: Round): void {
  away.stop();
  if (round.value?.id !== next.id) forgetAsking();
  adopt(next, sentAt);
  if (screen.value.name !== "round") show({ name: "round" });
  void followPending();
}

/**
 * Raises Problem: consent_required, not_enough_images, too_many_sessions, daily_played, unknown_challenge. Without a
 * wish it is a free session.
 */
export async function play(body?: Wish): Promise<void> {
  const known = session.value;
  const started = await untilAnswered(() => answerTo(server.POST("/api/v1/sessions", body ? { body } : {})));
  if (started.id !== known?.id) {
    forgetPictures();
    flags.value = [];
  }
  session.value = started;
  if (started.kind === "challenge") challenged.value = null; // it is taken up
  await next();
}

/** Opens the next picture, or shows the result after the last. */
export async function next(): Promise<void> {
  const playing = session.value;
  if (!playing) return;
  if (round.value?.position === playing.rounds_total && round.value.state !== "open") {
    finish(playing.id);
    return;
  }
  keep("flagged-round", null);
  const params = { path: { session_id: playing.id } };
  try {
    const opened = await untilAnswered(() => {
      sentAt = performance.now();
      return answerTo(server.POST("/api/v1/sessions/{session_id}/next", { params }));
    });
    if (round.value && round.value.id !== opened.id) draft.value = ""; // it was about the last picture
    enter(opened);
  } catch (error) {
    if (!isProblem(error, "session_over")) throw error;
    finish(playing.id);
  }
}

/** The next picture, or the result. A failure is said, and may be tried again. */
export async function goOn(): Promise<void> {
  try {
    await next();
  } catch {
    say(t("problem.unknown"));
  }
}

export function finish(id: string): void {
  leaveRound();
  forgetAsking();
  session.value = null;
  keep("flagged-round", null);
  show({ name: "result", sessionId: id });
  void refreshMe().catch(() => undefined);
}

/** Back to the start while the round goes on at the server. */
export async function leave(): Promise<void> {
  leaveRound();
  asking.value = null;
  show({ name: "home" });
  await lookUp();
}

/** The page woke up: another window may have played on. */
export async function resynchronise(): Promise<void> {
  if (screen.value.name === "home") {
    await lookUp();
    return;
  }
  if (screen.value.name !== "round" || !round.value) return;
  const { id } = round.value;
  await receive(() => fetchRound(id));
  void followPending();
}

export function forgetGame(): void {
  leaveRound();
  forgetAsking();
  forgetPictures();
  session.value = null;
  keep("flagged-round", null);
}
