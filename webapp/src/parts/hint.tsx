/** What the first picture of the first game teaches once something was answered. */
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Round } from "../api/client";
import { t } from "../i18n/language";

/** The talk's padding. */
const BELOW_PX = 10;

const find = (selector: string) => document.querySelectorAll<HTMLElement>(selector);

/**
 * Whether what is to be judged stays in sight with it: not on a small screen, nor where the reader's text is large.
 * The picture shrinks and the foot grows while it is shown, so they are watched.
 */
function useRoom(text: string) {
  const hint = useRef<HTMLParagraphElement>(null);
  const [hasRoom, setHasRoom] = useState(true);
  useLayoutEffect(() => {
    const { current } = hint;
    const [head] = find(".round-head");
    const [foot] = find(".round-foot");
    const answer = [...find(".turn-other")].at(-1);
    if (!current || !head || !foot || !answer) return;
    let needed = 0;
    const look = () => {
      const said = answer.getBoundingClientRect();
      const above = head.getBoundingClientRect();
      if (current.className === "hint") needed = current.getBoundingClientRect().bottom - said.top + BELOW_PX;
      const isBeside = above.right <= said.left; // the picture, on a wide screen
      setHasRoom(needed <= foot.getBoundingClientRect().top - (isBeside ? 0 : above.bottom));
    };
    const watch = new ResizeObserver(look);
    for (const one of [current, head, foot, answer]) watch.observe(one);
    return () => watch.disconnect();
  }, [text]);
  return [hint, hasRoom] as const;
}

/** Null where there is nothing to say: a refusal says by itself what may be asked. */
export function Hint({ round: { questions } }: { round: Round }) {
  const isJudged = questions.some((question) => question.judgement === "right");
  const isAnswered = questions.some((question) => question.state === "answered");
  const text = isJudged ? t("round.hint.pass") : isAnswered ? t("round.hint.judge") : "";
  return text ? <Shown key={text} text={text} /> : null;
}

function Shown({ text }: { text: string }) {
  const [hint, hasRoom] = useRoom(text);
  return (
    <p ref={hint} class={hasRoom ? "hint" : "unseen"}>
      {text}
    </p>
  );
}
