/** What brings a player back: a friend's challenge, today's ten, the week, quests, finds to check. */
import { useLayoutEffect, useState } from "preact/hooks";
import { answerTo, type Challenge, type Daily, type Quest, server, type Wish } from "../api/client";
import { untilAnswered } from "../api/connection";
import { number, t } from "../i18n/language";
import { weekdays } from "../i18n/moment";
import { consented, me } from "../play/player";
import { show } from "../play/screen";
import { challenged, session } from "../play/session";
import { Button, Row, Section } from "./controls";
import { Figures } from "./figures";
import { useLoad } from "./loaded";
import { NextTen } from "./next-ten";
import { questText } from "./quests";
import "../styles/lazy.css";

interface PlayProps {
  onPlay: (wish: Wish) => Promise<void>;
  /** Whether today's ten are what to do first here. */
  onFirst: (isFirst: boolean) => void;
}

function fetchChallenge(code: string): Promise<Challenge> {
  return untilAnswered(() =>
    answerTo(server.GET("/api/v1/challenges/{code}", { params: { path: { code } } })),
  );
}

const fetchDaily = (): Promise<Daily> =>
  untilAnswered(() => answerTo(server.GET("/api/v1/daily", { params: { query: { limit: 1 } } })));

/** Who challenges, and what there is to beat. Playing is the main button's. */
function Challenged({ code }: { code: string }) {
  const [challenge] = useLoad(() => fetchChallenge(code), code);
  if (challenge.state !== "here" || challenge.value.is_mine) return null;
  const { name, score } = challenge.value;
  return (
    <section class="back-card">
      <h2 class="back-title" dir="auto">
        {t("back.challenge", { name })}
      </h2>
      <p>{t("back.challenge.text", { score })}</p>
    </section>
  );
}

function Today({ daily, again, onPlay, onFirst }: PlayProps & { daily: Daily; again: () => void }) {
  const [busy, setBusy] = useState(false);
  const { number: nth, is_over, me: mine, ends_at, server_now } = daily;
  const canPlay = !is_over && !session.value && consented.value;
  const isFirst = canPlay && !challenged.value;
  useLayoutEffect(() => {
    onFirst(isFirst);
    return () => onFirst(false);
  }, [isFirst]);
  const press = () => {
    setBusy(true);
    void onPlay({ kind: "daily" }).finally(() => setBusy(false));
  };
  return (
    <>
      <h2 class="back-title">{t("daily.title", { number: number(nth) })}</h2>
      {is_over ? (
        <>
          <p>{mine ? t("daily.place", { rank: number(mine.rank) }) : t("daily.done")}</p>
          <NextTen endsAt={ends_at} now={server_now} onOver={again} />
        </>
      ) : (
        <>
          <p>{t("daily.text")}</p>
          {canPlay ? (
            <Button kind={isFirst ? "primary" : "plain"} busy={busy} onPress={press}>
              {t("daily.play")}
            </Button>
          ) : null}
        </>
      )}
      <button type="button" class="link" onClick={() => show({ name: "daily" })}>
        {t("daily.board")}
      </button>
    </>
  );
}

/** As high while it loads, and where there is nothing to play: what stands below must not move under a finger. */
function TodaysTen(playing: PlayProps) {
  const [daily, again] = useLoad(fetchDaily, "");
  return (
    <section class="back-card back-daily" aria-busy={daily.state === "loading"}>
      {daily.state === "here" ? <Today daily={daily.value} again={again} {...playing} /> : null}
      {daily.state === "failed" ? <p class="back-hint">{t("daily.none")}</p> : null}
    </section>
  );
}

/** Seven dots, Monday first as the server counts; a dot is a day with a finished game. */
function Week() {
  const stats = me.value?.stats;
  if (!stats) return null;
  return (
    <section class="back-card back-week">
      <h2 class="back-title">{t("back.streak", { count: stats.streak_days })}</h2>
      <ol class="week">
        {stats.week.map((played, day) => (
          <li key={day} class={played ? "day played" : "day"}>
            <span aria-hidden="true">{weekdays("narrow")[day]}</span>
            <span class="unseen">
              {weekdays("long")[day]}: {t(played ? "back.day.played" : "back.day.idle")}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function QuestLine({ quest }: { quest: Quest }) {
  const done = quest.progress >= quest.goal;
  return (
    <li class={done ? "quest done" : "quest"}>
      <span class="quest-text">{questText(quest.id)}</span>
      <span class="quest-count">{t("quest.progress", { progress: quest.progress, goal: quest.goal })}</span>
      <progress class="quest-bar" value={quest.progress} max={quest.goal} aria-hidden="true" />
    </li>
  );
}

export function ComingBack(playing: PlayProps) {
  const stats = me.value?.stats;
  const code = challenged.value;
  return (
    <div class="back">
      {code ? <Challenged code={code} /> : null}
      {stats && stats.sessions > 0 ? (
        <>
          <TodaysTen {...playing} />
          <Figures
            shown={[
              [t("back.sharpness"), number(stats.sharpness)],
              [t("back.level"), number(stats.level)],
              [t("back.finds"), number(stats.finds)],
            ]}
          />
          <Week />
          <Section title={t("quest.title")}>
            <ol class="quests">
              {stats.quests.map((quest) => (
                <QuestLine key={quest.id} quest={quest} />
              ))}
            </ol>
          </Section>
          <div class="section">
            <Row text={t("finds.title")} note={number(stats.finds)} onPress={() => show({ name: "finds" })} />
            {consented.value ? <Row text={t("jury.invite")} onPress={() => show({ name: "jury" })} /> : null}
          </div>
        </>
      ) : null}
    </div>
  );
}
