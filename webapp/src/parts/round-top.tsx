import { useEffect, useState } from "preact/hooks";
import type { Round } from "../api/client";
import { t } from "../i18n/language";
import { ROUNDS } from "../i18n/rules";
import { minutes } from "../play/clock";
import { feel } from "../play/feel";
import { clock, flags } from "../play/round";
import { BackButton, Heading } from "./page";

const URGENT_SECONDS = 10;
const SPOKEN_SECONDS = [60, 30, URGENT_SECONDS];

/** Ten steps: done, now, to come; those that were flagged fly a flag. */
function Steps({ position }: { position: number }) {
  const stepClass = (step: number) => {
    if (flags.value.includes(step)) return "step flag";
    return step < position ? "step done" : step === position ? "step now" : "step";
  };
  return (
    <div class="steps" aria-hidden="true">
      {Array.from({ length: ROUNDS }, (_, index) => (
        <span key={index} class={stepClass(index + 1)} />
      ))}
    </div>
  );
}

/** Says the time politely at 60, 30 and 10 seconds, each once; at 10 the phone hums. */
function useSpokenTime(): string {
  const [spoken, setSpoken] = useState("");
  const { value: seconds } = clock.seconds;
  const { value: running } = clock.running;
  useEffect(() => {
    if (!running || !SPOKEN_SECONDS.includes(seconds)) return;
    setSpoken(t("round.time.spoken", { count: seconds }));
    if (seconds === URGENT_SECONDS) feel("warning");
  }, [seconds, running]);
  return spoken;
}

/** The time left, as a bar that runs out and as digits. */
export function Clock() {
  const { value: seconds } = clock.seconds;
  const time = minutes(seconds);
  return (
    <div
      class={seconds <= URGENT_SECONDS ? "clock urgent" : "clock"}
      role="timer"
      aria-label={t("round.time", { time })}
    >
      <span aria-hidden="true">{time}</span>
    </div>
  );
}

function Spoken() {
  return (
    <p class="unseen" role="status">
      {useSpokenTime()}
    </p>
  );
}

function TimeBar() {
  return (
    <div class={clock.seconds.value <= URGENT_SECONDS ? "time-bar urgent" : "time-bar"} aria-hidden="true">
      <span style={{ transform: `scaleX(${clock.share.value})` }} />
    </div>
  );
}

export function RoundTop({ round }: { round: Round }) {
  const isOpen = round.state === "open";
  return (
    <header class="round-top">
      <BackButton />
      <div class="round-title">
        <Heading>{t("round.title", { position: round.position, total: ROUNDS })}</Heading>
        <Steps position={round.position} />
      </div>
      {isOpen ? <Clock /> : null}
      {isOpen ? <Spoken /> : null}
      {isOpen ? <TimeBar /> : null}
    </header>
  );
}
