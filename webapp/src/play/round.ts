/** The round that is played: its clock, its questions, and what the player does in it. */
import { computed, effect, signal } from "@preact/signals";
import { answerTo, type Question, type Round, server } from "../api/client";
import { untilAnswered } from "../api/connection";
import { keep, recall } from "../host/memory";
import { Countdown } from "./clock";
import { showPicture } from "./picture";

export const round = signal<Round | null>(null);
export const clock = new Countdown(() => void watchTheEnd());

/** Ends with the round: whatever still waits for an answer is called off. */
let scope = new AbortController();
export const roundScope = (): AbortSignal => scope.signal;

export const open = computed(() => round.value?.state === "open");
/** Something was said to a question at least, be it that there is no answer: one may pass on. */
export const settled = computed(() => round.value?.questions.some((q) => q.state !== "pending") ?? false);
export const answered = computed(() => round.value?.questions.some((q) => q.state === "answered") ?? false);

/** The positions that were flagged in this game, also after a reload. */
export const flags = signal<readonly number[]>(JSON.parse(recall("flags") ?? "[]"));

effect(() => keep("flags", JSON.stringify(flags.value)));

/** Makes `next` the round on the screen. `sentAt`: when the call that brought it was sent, by performance.now(). */
export function adopt(next: Round, sentAt: number): void {
  const isNew = round.value?.id !== next.id;
  if (!isNew && isOlder(next)) return;
  if (isNew) {
    scope.abort();
    scope = new AbortController();
  }
  round.value = next;
  if (next.state === "open") clock.start(next, sentAt);
  else clock.stop();
  if (next.state === "flagged") {
    keep("flagged-round", next.id);
    flags.value = [...new Set([...flags.value, next.position])];
  }
  if (!isNew) return;
  if (next.state === "open") clock.hold();
  void bringPicture(next);
}

/** An answer that was overtaken on the way: what is over does not open again. */
function isOlder(next: Round): boolean {
  return round.value?.state !== "open" && next.state === "open";
}

/** The clock started when the server gave the picture away: what is left is asked for when it is here. */
export async function bringPicture(of: Round): Promise<void> {
  const { signal } = scope;
  await showPicture(of, signal);
  if (!signal.aborted && open.value) refreshQuietly();
}

export function leaveRound(): void {
  scope.abort();
  clock.stop();
  round.value = null;
}

/** Asks until the server answers, and takes its round for the truth. */
export async function receive(call: () => Promise<Round>, within?: AbortSignal): Promise<Round> {
  let sentAt = performance.now();
  const next = await untilAnswered(
    () => {
      sentAt = performance.now();
      return call();
    },
    { scope: within },
  );
  if (!within?.aborted) adopt(next, sentAt);
  return next;
}

export const fetchRound = (id: string): Promise<Round> =>
  answerTo(server.GET("/api/v1/rounds/{round_id}", { params: { path: { round_id: id } } }));

export async function refresh(): Promise<void> {
  const current = round.value;
  if (current) await receive(() => fetchRound(current.id), scope.signal);
}

/** The refresh of a page that woke up, or of a move that came to nothing: nobody waits for it. */
export function refreshQuietly(): void {
  void refresh().catch(() => undefined);
}

const GRACE_POLL_MS = 600;

/** At zero the server has the last word: it may have given time back, and grants a moment to judge. */
async function watchTheEnd(): Promise<void> {
  const ending = scope.signal;
  try {
    await refresh();
  } catch {
    return;
  }
  if (ending.aborted || !open.value || clock.running.value) return;
  setTimeout(() => {
    if (!ending.aborted && open.value && !clock.running.value) void watchTheEnd();
  }, GRACE_POLL_MS);
}

/** Puts a question that just changed into the round, before the server is asked for all of it. */
export function merge(question: Question): void {
  const current = round.value;
  if (!current) return;
  const others = current.questions.filter((known) => known.id !== question.id);
  const at = current.questions.findIndex((known) => known.id === question.id);
  others.splice(at < 0 ? others.length : at, 0, question);
  round.value = { ...current, questions: others };
}
