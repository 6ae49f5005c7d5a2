import { useEffect, useState } from "preact/hooks";
import { t } from "../i18n/language";
import { feel } from "../play/feel";
import { Face } from "./face";
import { Icon } from "./icons";
import "../styles/lazy.css";

const THINKING_MS = 700;

type Step = "thinks" | "answered" | "trusted" | "caught";

const moods = { thinks: "thinks", answered: "calm", trusted: "calm", caught: "caught" } as const;
/** Said by the game, not by the AI: it would not tell. */
const words = { trusted: "example.look", caught: "example.truth" } as const;

function Judges({ onJudge }: { onJudge: (step: Step) => void }) {
  return (
    <div class="judges">
      <button type="button" class="judge judge-wrong" onClick={() => onJudge("caught")}>
        <Icon name="flag" />
        {t("round.wrong")}
      </button>
      <button type="button" class="judge judge-right" onClick={() => onJudge("trusted")}>
        <Icon name="check" />
        {t("round.right")}
      </button>
    </div>
  );
}

/** The AI answers with a lie about three balloons. No clock runs, and nothing is counted or sent. */
export function Example({ onAgain }: { onAgain: () => void }) {
  const [step, setStep] = useState<Step>("thinks");
  useEffect(() => {
    const timer = setTimeout(() => setStep("answered"), THINKING_MS);
    return () => clearTimeout(timer);
  }, []);
  const judge = (next: Step) => {
    if (next === "caught") feel("success");
    setStep(next);
  };
  return (
    <div class="example" aria-live="polite">
      <p class="bubble bubble-own">{t("scene.question")}</p>
      <p class="bubble bubble-other">
        <Face mood={moods[step]} />
        <span>{t(step === "thinks" ? "round.thinking" : "example.answer")}</span>
      </p>
      {step === "trusted" || step === "caught" ? <p>{t(words[step])}</p> : null}
      {step === "answered" || step === "trusted" ? <Judges onJudge={judge} /> : null}
      {step === "caught" ? (
        <>
          <p class="stamp">{t("example.caught")}</p>
          <button type="button" class="link example-again" onClick={onAgain}>
            {t("example.again")}
          </button>
        </>
      ) : null}
    </div>
  );
}
