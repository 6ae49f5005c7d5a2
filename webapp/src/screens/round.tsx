import { useLayoutEffect, useState } from "preact/hooks";
import type { Round } from "../api/client";
import { learnTheRest } from "../i18n/language";
import { Chat } from "../parts/chat";
import { Composer } from "../parts/composer";
import { useLazy } from "../parts/lazy";
import { PictureFrame } from "../parts/picture-frame";
import { RoundTop } from "../parts/round-top";
import { asking } from "../play/asking";
import { answered, clock, open, round } from "../play/round";
import { backOverride } from "../play/screen";
import { leave } from "../play/session";

/** Back asks while a clock runs; after that it just goes. */
function useBack(): [leaving: boolean, stay: () => void] {
  const [leaving, setLeaving] = useState(false);
  useLayoutEffect(() => {
    backOverride.value = () => (open.value ? setLeaving(true) : void leave().catch(() => undefined));
  }, []);
  return [leaving, () => setLeaving(false)];
}

/** Fetched when the first question is asked: nobody waits for what comes at a round's end. */
const loadEnd = () => Promise.all([import("../parts/round-end"), learnTheRest()]).then(([file]) => file);

const LAST_CALL_SECONDS = 15;

function isUnderWay(): boolean {
  const asked = asking.value !== null || (round.value?.questions.length ?? 0) > 0;
  return asked || !open.value || clock.seconds.value < LAST_CALL_SECONDS;
}

/** What the picture leaves room for: a beginning, something that was just said, an end. */
function stage(): string {
  if (!open.value) return "round round-over";
  if (!answered.value) return "round round-fresh";
  return "round";
}

/** Something is being said, or was and is not judged yet: it must be in sight under a keyboard, too. */
function isSpeaking({ questions }: Round): boolean {
  return asking.value !== null || questions.at(-1)?.judgement === null;
}

export function RoundScreen() {
  const [leaving, stay] = useBack();
  const end = useLazy(loadEnd, leaving || isUnderWay());
  const current = round.value;
  if (!current) return <main class="shell" aria-busy="true" />;
  return (
    <main class={stage()} data-speaking={isSpeaking(current)} key={current.id}>
      <div class="round-head">
        <RoundTop round={current} />
        <PictureFrame round={current} />
      </div>
      <Chat round={current} Hint={end?.Hint} />
      <div class="round-foot">{open.value ? <Composer /> : end ? <end.Ended round={current} /> : null}</div>
      {leaving && open.value && end ? <end.Leave onStay={stay} /> : null}
    </main>
  );
}
