/** Checking other players' answers: five cases, one tap each. Nobody says whose they are, or which are known. */
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { answerTo, type JuryCase, server } from "../api/client";
import { pause, untilAnswered } from "../api/connection";
import { isProblem } from "../api/problem";
import { language, number, t } from "../i18n/language";
import { MainButton } from "../parts/controls";
import { Loaded, useLoad } from "../parts/loaded";
import { Page } from "../parts/page";
import { refreshMe } from "../play/player";
import { say, show } from "../play/screen";
import "../styles/lazy.css";

const CASES = 5;
const FEEDBACK_MS = 1400;

const VERDICTS = ["right", "wrong", "cannot_tell"] as const;
type Verdict = (typeof VERDICTS)[number];
const verdictTexts = {
  right: "jury.right",
  wrong: "jury.wrong",
  cannot_tell: "jury.cannot.tell",
} as const;

interface Shown {
  asked: JuryCase;
  url: string;
}

async function fetchCase(): Promise<Shown | null> {
  try {
    const asked = await untilAnswered(() => answerTo(server.POST("/api/v1/jury/next")));
    const params = { path: { case_id: asked.id } };
    const picture = await untilAnswered(() =>
      answerTo(server.GET("/api/v1/jury/cases/{case_id}/image", { params, parseAs: "blob" })),
    );
    return { asked, url: URL.createObjectURL(picture as unknown as Blob) };
  } catch (error) {
    if (isProblem(error, "no_cases", "too_many_cases")) return null;
    throw error;
  }
}

interface AnswerProps {
  language: string;
  answer: string;
  said: Verdict | undefined;
  locked: boolean;
  onSay: (verdict: Verdict) => void;
}

function Answer({ language, answer, said, locked, onSay }: AnswerProps) {
  return (
    <li class="jury-answer">
      <p class="jury-text" dir="auto" lang={language}>
        {answer}
      </p>
      <div class="jury-verdicts">
        {VERDICTS.map((verdict) => (
          <button
            key={verdict}
            type="button"
            class={said === verdict ? "button verdict chosen" : "button verdict"}
            aria-pressed={said === verdict}
            disabled={locked}
            onClick={() => onSay(verdict)}
          >
            {t(verdictTexts[verdict])}
          </button>
        ))}
      </div>
    </li>
  );
}

type Feedback = { known: boolean; was_right: (boolean | null)[] };

function feedbackText({ known, was_right }: Feedback): string {
  if (!known) return t("jury.noted");
  return was_right[0] === false ? t("jury.missed") : was_right[0] ? t("jury.hit") : t("jury.unsure");
}

/** A language's name in the page's language. */
const named = (code: string): string =>
  new Intl.DisplayNames([language.value], { type: "language" }).of(code) ?? code;

interface CaseProps {
  shown: Shown;
  position: number;
  onDone: (feedback: Feedback) => void;
}

function Case({ shown: { asked, url }, position, onDone }: CaseProps) {
  const [said, setSaid] = useState<readonly (Verdict | undefined)[]>([]);
  const [feedback, setFeedback] = useState<Feedback | null>(null);
  const [sending, setSending] = useState(false);
  const told = useRef<HTMLParagraphElement>(null);
  useEffect(() => () => URL.revokeObjectURL(url), [url]);
  useLayoutEffect(() => {
    if (feedback) told.current?.scrollIntoView({ block: "nearest" });
  }, [feedback]);
  const send = async (answers: Verdict[]) => {
    setSending(true);
    try {
      const params = { path: { case_id: asked.id } };
      const heard = await untilAnswered(() =>
        answerTo(server.PUT("/api/v1/jury/cases/{case_id}/verdict", { params, body: { answers } })),
      );
      setFeedback(heard);
      await pause(FEEDBACK_MS);
      onDone(heard);
    } catch {
      say(t("problem.unknown"));
      setSending(false);
    }
  };
  const choose = (index: number, verdict: Verdict) => {
    const next = asked.answers.map((_, n) => (n === index ? verdict : said[n]));
    setSaid(next);
    if (next.every((one) => one !== undefined)) void send(next);
  };
  return (
    <div class="jury-case">
      <p class="back-hint">
        {t("jury.text", { position, total: CASES })}
        {asked.language === language.value
          ? null
          : ` ${t("jury.foreign", { language: named(asked.language) })}`}
      </p>
      <img
        class="jury-picture"
        src={url}
        alt={t("jury.picture")}
        width={asked.image.width}
        height={asked.image.height}
      />
      <p class="jury-question" dir="auto" lang={asked.language}>
        {asked.question}
      </p>
      <ol class="jury-answers">
        {asked.answers.map((answer, index) => (
          <Answer
            key={index}
            language={asked.language}
            answer={answer}
            said={said[index]}
            locked={sending}
            onSay={(verdict) => choose(index, verdict)}
          />
        ))}
      </ol>
      <p ref={told} role="status" class="jury-feedback">
        {feedback ? feedbackText(feedback) : ""}
      </p>
    </div>
  );
}

interface Score {
  judged: number;
  known: number;
  hits: number;
}

function Ending({ score }: { score: Score }) {
  return (
    <div class="empty">
      <p>{score.judged === 0 ? t("jury.empty") : t("jury.thanks", { count: score.judged })}</p>
      {score.known > 0 ? (
        <p>{t("jury.score", { hits: number(score.hits), known: number(score.known) })}</p>
      ) : null}
    </div>
  );
}

export default function JuryScreen() {
  const [score, setScore] = useState<Score>({ judged: 0, known: 0, hits: 0 });
  const over = score.judged >= CASES;
  const [shown, again] = useLoad(() => (over ? Promise.resolve(null) : fetchCase()), String(score.judged));
  useEffect(() => {
    if (over) void refreshMe().catch(() => undefined);
  }, [over]);
  const count = ({ known, was_right }: Feedback) =>
    setScore({
      judged: score.judged + 1,
      known: score.known + (known && was_right[0] !== null ? 1 : 0),
      hits: score.hits + (known && was_right[0] ? 1 : 0),
    });
  return (
    <Page title={t("jury.title")}>
      <Loaded load={shown} again={again} lines={5}>
        {(value) =>
          value ? (
            <Case key={value.asked.id} shown={value} position={score.judged + 1} onDone={count} />
          ) : (
            <Ending score={score} />
          )
        }
      </Loaded>
      {over ? <MainButton text={t("jury.home")} busy={false} onPress={() => show({ name: "home" })} /> : null}
    </Page>
  );
}
