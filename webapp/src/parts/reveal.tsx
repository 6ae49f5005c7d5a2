import { useEffect, useState } from "preact/hooks";
import type { Result, RoundResult } from "../api/client";
import { t } from "../i18n/language";
import { seen } from "../play/picture";
import { Mark, outcomeTexts } from "./outcome";

const FIRST_TURN_MS = 450;
const TURN_MS = 190;

function Tile({ round, turned }: { round: RoundResult; turned: boolean }) {
  const { outcome } = round;
  const url = seen.value[round.round_id];
  return (
    <li class={turned ? `tile turned tile-${outcome}` : "tile"}>
      <div class="tile-turn">
        <div class="tile-front">
          {url ? <img src={url} alt="" /> : <span aria-hidden="true">{round.position}</span>}
        </div>
        <div class="tile-back" aria-hidden="true">
          {url ? <img src={url} alt="" /> : null}
          <span class="tile-mark">
            <Mark outcome={outcome} />
          </span>
        </div>
      </div>
      <span class="unseen">
        {t("result.round", { position: round.position })}: {turned ? t(outcomeTexts[outcome]) : ""}
      </span>
    </li>
  );
}

interface RevealProps {
  result: Result;
  /** Without turning one by one: nobody waits twice for the same. */
  atOnce: boolean;
  onScore: (score: number) => void;
  onDone: () => void;
}

/** The ten pictures turn over one by one, and the score counts along. */
export function Reveal({ result, atOnce, onScore, onDone }: RevealProps) {
  const all = result.rounds.length;
  const calm = atOnce || window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const [turned, setTurned] = useState(calm ? all : 0);
  useEffect(() => {
    onScore(result.rounds.slice(0, turned).reduce((sum, round) => sum + round.points, 0));
    if (turned >= all) {
      onDone();
      return;
    }
    const timer = setTimeout(() => setTurned(turned + 1), turned === 0 ? FIRST_TURN_MS : TURN_MS);
    return () => clearTimeout(timer);
  }, [turned]);
  return (
    <>
      <ol class="tiles">
        {result.rounds.map((round, index) => (
          <Tile key={round.position} round={round} turned={index < turned} />
        ))}
      </ol>
      {turned < all ? (
        <button type="button" class="link" onClick={() => setTurned(all)}>
          {t("result.skip")}
        </button>
      ) : null}
    </>
  );
}
