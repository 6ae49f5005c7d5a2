import { useEffect, useState } from "preact/hooks";
import type { Round } from "../api/client";
import { isProblem } from "../api/problem";
import { oneLine } from "../api/requests";
import { host } from "../host/host";
import { t } from "../i18n/language";
import { CORRECTION_CHARS, ROUNDS } from "../i18n/rules";
import { correct } from "../play/correcting";
import { say } from "../play/screen";
import { goOn } from "../play/session";
import { Button } from "./controls";
import { Icon } from "./icons";
import { Heading } from "./page";

/** The second half of a double tap on "Wrong answer" must not start the next clock. */
const SETTLE_MS = 400;

function useSettled(): boolean {
  const [settled, setSettled] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(true), SETTLE_MS);
    return () => clearTimeout(timer);
  }, []);
  return settled;
}

/** It may come late, over what was last said: that is brought back into view. */
function useRoom(): void {
  useEffect(() => window.scrollTo({ top: document.documentElement.scrollHeight }), []);
}

/** Goes on once, however often it is pressed. */
function useGoingOn(): [going: boolean, go: (first?: () => Promise<void>) => void] {
  const [going, setGoing] = useState(false);
  const go = (first?: () => Promise<void>) => {
    if (going) return;
    setGoing(true);
    void Promise.resolve(first?.())
      .then(goOn)
      .finally(() => setGoing(false));
  };
  return [going, go];
}

/** Optional: a refusal is said and holds nobody up. */
async function send(roundId: string, correction: string): Promise<void> {
  try {
    await correct(roundId, correction);
  } catch (error) {
    if (isProblem(error)) say(error.status === 422 ? t("round.unsent") : t("problem.unknown"));
  }
}

function goText(last: boolean, typed: boolean): string {
  if (typed) return last ? t("ended.save.result") : t("ended.save");
  return last ? t("ended.result") : t("ended.next");
}

function Flagged({ round }: { round: Round }) {
  const [text, setText] = useState("");
  const [going, go] = useGoingOn();
  const settled = useSettled();
  const typed = oneLine(text);
  const flagged = round.questions.find((question) => question.judgement === "wrong");
  return (
    <form
      class="ended"
      onSubmit={(event) => {
        event.preventDefault();
        host().hideKeyboard();
        if (settled) go(typed ? () => send(round.id, typed) : undefined);
      }}
    >
      <Heading level={2}>
        <span class="landed">
          <Icon name="flag" />
        </span>
        {t("ended.flagged")}
      </Heading>
      <p class="ended-text">{t("ended.flagged.text")}</p>
      {flagged && round.questions.length > 1 ? (
        <p class="ended-question" dir="auto">
          {flagged.text}
        </p>
      ) : null}
      <label class="field">
        <span class="unseen">{t("ended.correction")}</span>
        <input
          class="input"
          type="text"
          value={text}
          maxLength={CORRECTION_CHARS}
          placeholder={t("ended.correction.hint")}
          autocomplete="off"
          enterkeyhint="done"
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </label>
      <button type="submit" class="button button-primary" disabled={!settled} aria-busy={going}>
        {going ? <span class="spinner" aria-hidden="true" /> : null}
        {goText(round.position === ROUNDS, typed !== "")}
      </button>
    </form>
  );
}

const reasons = {
  expired: ["ended.expired", "ended.expired.text"],
  passed: ["ended.passed", "ended.passed.text"],
  void: ["ended.void", "ended.void.text"],
} as const;

/** The round is over: why, and on to the next. No clock runs here. */
export function Ended({ round }: { round: Round }) {
  const [going, go] = useGoingOn();
  const settled = useSettled();
  useRoom();
  if (round.state === "flagged" || round.state === "open") return <Flagged round={round} />;
  const [title, text] = reasons[round.state];
  return (
    <div class="ended">
      <Heading level={2}>{t(title)}</Heading>
      <p class="ended-text">{t(text)}</p>
      <Button kind="primary" busy={going} disabled={!settled} onPress={() => go()}>
        {goText(round.position === ROUNDS, false)}
      </Button>
    </div>
  );
}
