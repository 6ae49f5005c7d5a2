import type { ComponentType } from "preact";
import { useEffect } from "preact/hooks";
import type { Judgement, Question, Round } from "../api/client";
import { t } from "../i18n/language";
import { type Asking, asking } from "../play/asking";
import { feel } from "../play/feel";
import { judge, judging } from "../play/moves";
import { me } from "../play/player";
import { open } from "../play/round";
import { Face } from "./face";
import { Icon } from "./icons";
import { typing } from "./viewport";

function JudgeButton({ question, judgement }: { question: Question; judgement: Judgement }) {
  const onItsWay = judging.value;
  const chosen = (onItsWay?.id === question.id ? onItsWay.judgement : question.judgement) === judgement;
  const press = () => {
    if (judgement === "wrong") feel("flag");
    void judge(question, judgement);
  };
  return (
    <button
      type="button"
      class={chosen ? `judge judge-${judgement} chosen` : `judge judge-${judgement}`}
      aria-pressed={chosen}
      aria-disabled={onItsWay !== null}
      onClick={press}
    >
      <Icon name={judgement === "wrong" ? "flag" : "check"} />
      {judgement === "wrong" ? t("round.wrong") : t("round.right")}
    </button>
  );
}

/** What was judged, once nothing can be changed any more. */
function Judged({ judgement }: { judgement: Judgement }) {
  return (
    <p class={`judged judged-${judgement}`}>
      <Icon name={judgement === "wrong" ? "flag" : "check"} />
      {judgement === "wrong" ? t("round.wrong") : t("round.right")}
    </p>
  );
}

function Judging({ question }: { question: Question }) {
  if (!open.value) return question.judgement ? <Judged judgement={question.judgement} /> : null;
  return (
    <div class="judges">
      <JudgeButton question={question} judgement="wrong" />
      <JudgeButton question={question} judgement="right" />
    </div>
  );
}

/** Each time another suggestion: the same words again and again would scold. */
function refusal(round: Round, question: Question): string {
  const refused = round.questions.filter(({ state }) => state === "refused");
  const turn = ((round.position + refused.indexOf(question)) % 4) as 1 | 2 | 3;
  // All but one come with what is fetched when the first question is asked; there is none for 0.
  return t(`refused.${turn}`) || t("round.refused");
}

function Answer({ round, question }: { round: Round; question: Question }) {
  if (question.state === "failed") return <p class="aside">{t("round.failed")}</p>;
  if (question.state === "pending") return null;
  if (question.state === "refused") return <p class="bubble bubble-aside">{refusal(round, question)}</p>;
  return (
    <div class="turn turn-other">
      <p class="bubble bubble-other" dir="auto">
        {question === round.questions.at(-1) || question.judgement === "wrong" ? (
          <Face mood={question.judgement === "wrong" ? "doubted" : "calm"} />
        ) : null}
        <span>{question.answer}</span>
      </p>
      <Judging question={question} />
    </div>
  );
}

function Own({ text, waits = false }: { text: string; waits?: boolean }) {
  return (
    <div class="turn turn-own">
      <p class={waits ? "bubble bubble-own waits" : "bubble bubble-own"} dir="auto">
        {text}
      </p>
    </div>
  );
}

const waitingTexts = { no: "round.thinking", connection: "round.waiting", model: "round.busy" } as const;

function Thinking({ on }: { on: Asking }) {
  return (
    <>
      <Own text={on.text} waits={on.waiting === "connection"} />
      <div class="turn turn-other">
        <p class="bubble bubble-other thinking">
          <Face mood="thinks" />
          <span class="dots" aria-hidden="true">
            <i />
            <i />
            <i />
          </span>
          <span class={on.waiting === "no" ? "unseen" : "thinking-words"}>{t(waitingTexts[on.waiting])}</span>
        </p>
      </div>
    </>
  );
}

/** The first game's first picture: hints are the whole of the instruction before playing. */
const isFirst = ({ position, state }: Round): boolean =>
  position === 1 && state === "open" && me.value?.stats.sessions === 0 && !asking.value;

/** So long the page grows or shrinks when a keyboard comes or goes. */
const SETTLING_MS = 500;

function useLastInView(parts: unknown[]): void {
  useEffect(() => {
    const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    const toTheEnd = () =>
      window.scrollTo({ top: document.documentElement.scrollHeight, behavior: calm ? "auto" : "smooth" });
    toTheEnd();
    const again = setTimeout(toTheEnd, SETTLING_MS);
    return () => clearTimeout(again);
  }, parts);
}

interface ChatProps {
  round: Round;
  /** Comes with the first answer. */
  Hint: ComponentType<{ round: Round }> | undefined;
}

export function Chat({ round, Hint }: ChatProps) {
  const onItsWay = asking.value;
  const settled = round.questions.filter(
    (question) => question.id !== onItsWay?.id || question.state !== "pending",
  );
  const showsThinking = onItsWay && !settled.some((question) => question.id === onItsWay.id);
  const { judgement } = settled.at(-1) ?? {};
  useLastInView([
    settled.length,
    showsThinking,
    onItsWay?.waiting,
    judgement,
    Hint,
    round.state,
    typing.value,
  ]);
  return (
    <div class="chat" role="log" aria-label={t("round.chat")}>
      {settled.map((question) => (
        <div key={question.id}>
          <Own text={question.text} />
          <Answer round={round} question={question} />
        </div>
      ))}
      {showsThinking ? <Thinking on={onItsWay} /> : null}
      {isFirst(round) ? (
        round.questions.length > 0 ? (
          Hint && <Hint round={round} />
        ) : (
          <p class="hint">{t("round.hint.ask")}</p>
        )
      ) : null}
    </div>
  );
}
