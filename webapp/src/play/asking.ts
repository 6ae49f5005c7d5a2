/** A question on its way: named by the page, so that sending it twice asks it once. */
import { effect, signal } from "@preact/signals";
import { answerTo, type Question, server } from "../api/client";
import { pause, untilAnswered } from "../api/connection";
import { isBusy, isProblem, type Problem } from "../api/problem";
import { uuid } from "../api/requests";
import { keep, recall } from "../host/memory";
import { t } from "../i18n/language";
import { clock, merge, open, refresh, round, roundScope } from "./round";
import { say } from "./screen";

export interface Asking {
  id: string;
  text: string;
  /** Why it takes longer than a moment. */
  waiting: "no" | "connection" | "model";
}

const FOLLOW_MS = 1000;

export const asking = signal<Asking | null>(null);
/** What is typed and not yet sent; outlives a reload. */
export const draft = signal(recall("draft") ?? "");

effect(() => keep("draft", draft.value || null));

const put = (roundId: string, { id, text }: Asking): Promise<Question> =>
  answerTo(
    server.PUT("/api/v1/rounds/{round_id}/questions/{question_id}", {
      params: { path: { round_id: roundId, question_id: id } },
      body: { text },
    }),
  );

const get = (id: string): Promise<Question> =>
  answerTo(server.GET("/api/v1/questions/{question_id}", { params: { path: { question_id: id } } }));

async function deliver(roundId: string, question: Asking, scope: AbortSignal): Promise<Question> {
  const onWait = (error: unknown) => {
    asking.value = { ...question, waiting: isBusy(error) ? "model" : "connection" };
  };
  for (;;) {
    try {
      return await untilAnswered(() => put(roundId, question), { scope, onWait });
    } catch (error) {
      if (!isProblem(error, "still_answering")) throw error;
      // Another window asked first: ours goes when that one is answered.
      say(t("round.elsewhere.asking"));
      await pause(FOLLOW_MS, scope);
    }
  }
}

/** Waits for an answer that the server is still waiting for. */
async function follow(id: string, scope: AbortSignal): Promise<void> {
  for (;;) {
    const question = await untilAnswered(() => get(id), { scope });
    if (question.state !== "pending") {
      merge(question);
      return;
    }
    await pause(FOLLOW_MS, scope);
  }
}

function giveBack(question: Asking, problem: Problem): void {
  if (problem.code === "round_over") {
    say(t("round.too.late"));
    return;
  }
  if (problem.code === "too_many_questions") {
    say(t("round.enough"));
    return;
  }
  if (!draft.value) draft.value = question.text;
  say(problem.status === 422 ? t("round.unsent") : t("problem.unknown"));
}

async function settle(work: () => Promise<void>, question: Asking, scope: AbortSignal): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!scope.aborted && isProblem(error)) giveBack(question, error);
  }
  if (scope.aborted) return;
  // The server may have given time back.
  await refresh().catch(() => undefined);
  if (asking.value?.id === question.id) asking.value = null;
}

export async function ask(text: string): Promise<void> {
  const current = round.value;
  if (!current || !open.value || !clock.running.value || asking.value) return;
  const scope = roundScope();
  const question: Asking = { id: uuid(), text, waiting: "no" };
  asking.value = question;
  draft.value = "";
  await settle(
    async () => {
      const stored = await deliver(current.id, question, scope);
      merge(stored);
      if (stored.state === "pending") await follow(stored.id, scope);
    },
    question,
    scope,
  );
}

/** After a reload, or beside another window: a question that is still being answered. */
export async function followPending(): Promise<void> {
  const pending = round.value?.questions.find((question) => question.state === "pending");
  if (!pending || asking.value) return;
  const scope = roundScope();
  const question: Asking = { id: pending.id, text: pending.text, waiting: "no" };
  asking.value = question;
  await settle(() => follow(pending.id, scope), question, scope);
}

export function forgetAsking(): void {
  asking.value = null;
}
