import { number, t } from "../i18n/language";

const MEDALS = 3;

/** A place on a board: the first three as medals, where there is something to honour. */
export function Rank({ rank, worth }: { rank: number; worth: number }) {
  const honoured = worth > 0 && rank <= MEDALS;
  return (
    <span class="place-rank">
      <span class="unseen">{t("board.rank", { rank })}</span>
      <span class={honoured ? `place-medal medal-${rank}` : ""} aria-hidden="true">
        {number(rank)}
      </span>
    </span>
  );
}
