import { answerTo, type Daily, server } from "../api/client";
import { untilAnswered } from "../api/connection";
import { number, t } from "../i18n/language";
import { Section } from "../parts/controls";
import { Loaded, useLoad } from "../parts/loaded";
import { NextTen } from "../parts/next-ten";
import { Page } from "../parts/page";
import { Rank } from "../parts/rank";
import "../styles/lazy.css";

const LIMIT = 50;

type DailyRow = Daily["entries"][number];

function DailyPlace({ row }: { row: DailyRow }) {
  return (
    <li class={row.is_me ? "place mine" : "place"}>
      <Rank rank={row.rank} worth={row.net_points} />
      <span class="place-name">
        <bdi>{row.name}</bdi>
        {row.is_me ? <em>{t("board.you")}</em> : null}
      </span>
      <span class="place-games">{t("daily.points", { points: number(row.points) })}</span>
      <strong class="place-points">{number(row.net_points)}</strong>
    </li>
  );
}

function DailyBoard({ daily, again }: { daily: Daily; again: () => void }) {
  const { entries, me: mine } = daily;
  const isListed = entries.some((row) => row.is_me);
  return (
    <>
      <p class="tagline">{t("daily.title", { number: number(daily.number) })}</p>
      <NextTen endsAt={daily.ends_at} now={daily.server_now} onOver={again} />
      {entries.length > 0 ? (
        <ol class="section places">
          {entries.map((row) => (
            <DailyPlace key={`${row.rank} ${row.name}`} row={row} />
          ))}
        </ol>
      ) : (
        <p class="empty">{t("daily.empty")}</p>
      )}
      {mine && !isListed ? (
        <ol class="section places">
          <DailyPlace row={mine} />
        </ol>
      ) : null}
      <Section title={t("daily.how.title")}>
        <p class="prose">{t("daily.how.text")}</p>
      </Section>
    </>
  );
}

export default function DailyScreen() {
  const params = { query: { limit: LIMIT } };
  const [daily, again] = useLoad(
    () => untilAnswered(() => answerTo(server.GET("/api/v1/daily", { params }))),
    "",
  );
  return (
    <Page title={t("daily.board")}>
      <Loaded load={daily} again={again} lines={8}>
        {(value) => <DailyBoard daily={value} again={again} />}
      </Loaded>
    </Page>
  );
}
