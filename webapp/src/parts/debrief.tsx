import { useState } from "preact/hooks";
import type { RoundResult } from "../api/client";
import { t } from "../i18n/language";
import { ROUNDS } from "../i18n/rules";
import { seen } from "../play/picture";
import { Section } from "./controls";
import { Correction } from "./correction";
import { Mark, outcomeNotes, outcomeTexts } from "./outcome";
import { Talk } from "./talk";
import { Viewer } from "./viewer";

interface PictureProps {
  round: RoundResult;
  url: string | undefined;
}

/** To judge what is true one must see it: the picture opens as large as the screen, with the whole talk. */
function Picture({ round: { position, round_id }, url }: PictureProps) {
  const [enlarged, setEnlarged] = useState(false);
  if (!url) return <span class="debrief-number">{position}</span>;
  return (
    <>
      <button
        type="button"
        class="debrief-enlarge"
        aria-label={t("round.enlarge", { position, total: ROUNDS })}
        onClick={() => setEnlarged(true)}
      >
        <img class="debrief-picture" src={url} alt="" />
      </button>
      {enlarged ? (
        <Viewer url={url} position={position} onClose={() => setEnlarged(false)}>
          <Talk roundId={round_id} />
        </Viewer>
      ) : null}
    </>
  );
}

/** What is true, where it is known and was not what the AI said. */
function Truth({ round: { truth, answer } }: { round: RoundResult }) {
  if (!truth || truth === answer) return null;
  return (
    <p class="debrief-truth" dir="auto">
      {t("result.truth", { truth })}
    </p>
  );
}

function Line({ round }: { round: RoundResult }) {
  const { outcome } = round;
  return (
    <li class="debrief-line">
      <Picture round={round} url={seen.value[round.round_id]} />
      <div class="debrief-words">
        <p class={`debrief-outcome outcome-${outcome}`}>
          <Mark outcome={outcome} />
          {t(outcomeTexts[outcome])}
          {round.points > 0 ? (
            <strong class="debrief-points">{t("result.points", { points: round.points })}</strong>
          ) : null}
        </p>
        <p class="debrief-note">{t(outcomeNotes[outcome])}</p>
        {round.question ? (
          <>
            <p class="debrief-question" dir="auto">
              {round.question}
            </p>
            <p class="debrief-answer" dir="auto">
              {round.answer}
            </p>
            <Truth round={round} />
            <Correction round={round} />
          </>
        ) : (
          <p class="debrief-question">{t("result.silent")}</p>
        )}
      </div>
    </li>
  );
}

/** Players were deceived by design, so they are told, picture by picture. */
export function Debrief({ rounds }: { rounds: readonly RoundResult[] }) {
  return (
    <Section title={t("result.rounds")}>
      <ol class="debrief">
        {rounds.map((round) => (
          <Line key={round.position} round={round} />
        ))}
      </ol>
    </Section>
  );
}
