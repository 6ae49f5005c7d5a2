import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { RoundResult } from "../api/client";
import { isProblem } from "../api/problem";
import { oneLine } from "../api/requests";
import { t } from "../i18n/language";
import { CORRECTION_CHARS } from "../i18n/rules";
import { correct } from "../play/correcting";
import { say } from "../play/screen";
import { Button } from "./controls";

interface FieldProps {
  round: RoundResult;
  given: string;
  onSaved: (text: string) => void;
}

function refusal(error: unknown): string {
  if (isProblem(error, "correction_closed")) return t("result.correct.late");
  return isProblem(error) && error.status === 422 ? t("round.unsent") : t("problem.unknown");
}

function Field({ round, given, onSaved }: FieldProps) {
  const [text, setText] = useState(given);
  const [busy, setBusy] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => input.current?.focus(), []);
  const typed = oneLine(text);
  const save = () => {
    if (busy || !typed) return;
    setBusy(true);
    correct(round.round_id, typed)
      .then(
        () => {
          say(t("result.correct.saved"));
          onSaved(typed);
        },
        (error) => say(refusal(error)),
      )
      .finally(() => setBusy(false));
  };
  return (
    <form
      class="correction"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <input
        class="input"
        type="text"
        ref={input}
        value={text}
        maxLength={CORRECTION_CHARS}
        aria-label={t("ended.correction")}
        placeholder={t("ended.correction")}
        autocomplete="off"
        enterkeyhint="done"
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <Button kind="primary" busy={busy} disabled={!typed} onPress={save}>
        {t("result.correct.save")}
      </Button>
    </form>
  );
}

/** The right answer that was typed, and, while it is still taken, a way to type it now: not where the AI gave it. */
export function Correction({ round }: { round: RoundResult }) {
  const [given, setGiven] = useState(round.correction ?? "");
  const [typing, setTyping] = useState(false);
  const again = useRef<HTMLButtonElement>(null);
  const wasTyping = useRef(false);
  useLayoutEffect(() => {
    if (wasTyping.current && !typing) again.current?.focus({ preventScroll: true });
    wasTyping.current = typing;
  }, [typing]);
  if (typing) {
    const saved = (text: string) => {
      setGiven(text);
      setTyping(false);
    };
    return <Field round={round} given={given} onSaved={saved} />;
  }
  return (
    <>
      {given ? (
        <p class="debrief-question" dir="auto">
          {t("result.correction", { text: given })}
        </p>
      ) : null}
      {round.may_correct && round.outcome !== "accused" ? (
        <button type="button" class="link debrief-correct" ref={again} onClick={() => setTyping(true)}>
          {t(given ? "result.correct.change" : "result.correct")}
        </button>
      ) : null}
    </>
  );
}
