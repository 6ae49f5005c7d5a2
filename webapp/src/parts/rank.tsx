import { number, t } from "../i18n/language";

const MEDALS = ["🥇", "🥈", "🥉"];

/** A place on a board: the first three as medals. */
export function Rank({ rank }: { rank: number }) {
  const medal = MEDALS[rank - 1];
  return (
    <span class="place-rank">
      <span class="unseen">{t("board.rank", { rank })}</span>
      <span class={medal ? "place-medal" : ""} aria-hidden="true">
        {medal ?? number(rank)}
      </span>
    </span>
  );
}
