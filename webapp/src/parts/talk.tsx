import type { Question } from "../api/client";
import { untilAnswered } from "../api/connection";
import { t } from "../i18n/language";
import { fetchRound } from "../play/round";
import { Icon } from "./icons";
import { useLoad } from "./loaded";

function Said({ question }: { question: Question }) {
  return (
    <>
      <dt dir="auto">{question.text}</dt>
      <dd dir="auto">
        {question.answer}
        {question.judgement === "wrong" ? (
          <strong>
            <Icon name="flag" />
            {t("round.wrong")}
          </strong>
        ) : null}
      </dd>
    </>
  );
}

/** All that was asked about a picture of a game that is over, with the answers. */
export function Talk({ roundId }: { roundId: string }) {
  const [round] = useLoad(() => untilAnswered(() => fetchRound(roundId)), roundId);
  if (round.state !== "here") return null;
  const answered = round.value.questions.filter(({ state }) => state === "answered");
  if (answered.length === 0) return null;
  return (
    <dl class="talk" aria-label={t("result.talk")}>
      {answered.map((question) => (
        <Said key={question.id} question={question} />
      ))}
    </dl>
  );
}
