import { number, t } from "../i18n/language";

const MEDALS = ["🥇", "🥈", "🥉"];

/** A place on a board: the first three as medals, where there is something to honour. */
export function Rank({ rank, worth }: { rank: number; worth: number }) {
  const medal = worth > 0 ? MEDALS[rank - 1] : undefined;
  return (
    <span class="place-rank">
      <span class="unseen">{t("board.rank", { rank })}</span>
      <span class={medal ? "place-medal" : ""} aria-hidden="true">
        {medal ?? number(rank)}
      </span>
    </span>
  );
}
