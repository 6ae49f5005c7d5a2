/** What the player does with an answer, and with a round that is to end. */
import { signal } from "@preact/signals";
import { answerTo, type Judgement, type Question, type Round, server } from "../api/client";
import { isProblem } from "../api/problem";
import { t } from "../i18n/language";
import { merge, receive, refresh, round, roundScope } from "./round";
import { say } from "./screen";

/** The judgement on its way; while there is one, no second one counts, and who passes on waits for it. */
export const judging = signal<{ id: string; judgement: Judgement; call: Promise<Round> } | null>(null);
export const passing = signal(false);

const put = (id: string, judgement: Judgement): Promise<Round> =>
  answerTo(
    server.PUT("/api/v1/questions/{question_id}/judgement", {
      params: { path: { question_id: id } },
      body: { judgement },
    }),
  );

/** True where the judgement stands. */
export async function judge(question: Question, judgement: Judgement): Promise<boolean> {
  if (judging.value || passing.value || question.judgement === judgement) return false;
  const scope = roundScope();
  const call = receive(() => put(question.id, judgement), scope);
  judging.value = { id: question.id, judgement, call };
  try {
    await call;
    return true;
  } catch (error) {
    if (scope.aborted) return false;
    merge(question);
    say(isProblem(error, "round_over") ? t("round.judged.late") : t("problem.unknown"));
    await refresh().catch(() => undefined);
    return false;
  } finally {
    judging.value = null;
  }
}

const isPassed = ({ state }: Round): boolean => state === "passed" || state === "void";

/** True where the round is passed, here or in another window. */
export async function pass(): Promise<boolean> {
  const current = round.value;
  if (!current || passing.value) return false;
  passing.value = true;
  const scope = roundScope();
  const params = { path: { round_id: current.id } };
  await judging.value?.call.catch(() => undefined);
  try {
    const next = await receive(
      () => answerTo(server.POST("/api/v1/rounds/{round_id}/pass", { params })),
      scope,
    );
    return isPassed(next);
  } catch {
    if (!scope.aborted) await refresh().catch(() => undefined);
    return round.value !== null && isPassed(round.value);
  } finally {
    passing.value = false;
  }
}
