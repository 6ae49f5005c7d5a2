import type { RoundResult } from "../api/client";
import { t } from "../i18n/language";
import { seen } from "../play/picture";
import { Section } from "./controls";
import { Correction } from "./correction";
import { Icon } from "./icons";
import { outcomeIcons, outcomeTexts } from "./reveal";
import { outcomeOf } from "./share-text";

function Line({ round }: { round: RoundResult }) {
  const outcome = outcomeOf(round);
  const url = seen.value[round.round_id];
  return (
    <li class="debrief-line">
      {url ? (
        <img class="debrief-picture" src={url} alt="" />
      ) : (
        <span class="debrief-number">{round.position}</span>
      )}
      <div class="debrief-words">
        <p class={`debrief-outcome outcome-${outcome}`}>
          <Icon name={outcomeIcons[outcome]} />
          {t(outcomeTexts[outcome])}
          {round.points > 0 ? (
            <strong class="debrief-points">{t("result.points", { points: round.points })}</strong>
          ) : null}
        </p>
        {round.question ? (
          <>
            <p class="debrief-question" dir="auto">
              {round.question}
            </p>
            <p class="debrief-answer" dir="auto">
              {round.answer}
            </p>
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
