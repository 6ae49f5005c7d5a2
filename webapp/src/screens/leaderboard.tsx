import { useState } from "preact/hooks";
import { answerTo, type Leaderboard, server } from "../api/client";
import { untilAnswered } from "../api/connection";
import { number, t } from "../i18n/language";
import { Button, Section } from "../parts/controls";
import { Loaded, useLoad } from "../parts/loaded";
import { Page } from "../parts/page";
import { Rank } from "../parts/rank";
import { change, me } from "../play/player";
import { say } from "../play/screen";
import "../styles/lazy.css";

type Period = "week" | "all";
type Circle = "everybody" | "friends";
type Measure = "sharpness" | "points";
type Entry = Leaderboard["entries"][number];

const LIMIT = 50;
const periods = { week: "board.week", all: "board.all" } as const;
const measures = { sharpness: "board.sharpness", points: "board.points" } as const;

interface SegmentsProps<One extends string> {
  name: string;
  legend: string;
  texts: Readonly<Record<One, string>>;
  chosen: One;
  onChange: (one: One) => void;
}

function Segments<One extends string>({ name, legend, texts, chosen, onChange }: SegmentsProps<One>) {
  return (
    <fieldset class="segments">
      <legend class="unseen">{legend}</legend>
      {(Object.keys(texts) as One[]).map((one) => (
        <label key={one} class={one === chosen ? "segment chosen" : "segment"}>
          <input type="radio" name={name} checked={one === chosen} onChange={() => onChange(one)} />
          {texts[one]}
        </label>
      ))}
    </fieldset>
  );
}

interface PlaceProps {
  entry: Entry;
  by: Measure;
  mine: boolean;
}

function Place({ entry, by, mine }: PlaceProps) {
  return (
    <li class={mine ? "place mine" : "place"}>
      <Rank rank={entry.rank} worth={entry[by]} />
      <span class="place-name">
        <bdi>{entry.name}</bdi>
        {mine ? <em>{t("board.you")}</em> : null}
      </span>
      <span class="place-games">
        {t("board.games", { count: entry.sessions })}
        {entry.finds > 0 ? ` · ${t("board.finds", { count: entry.finds })}` : null}
      </span>
      <strong class="place-points">
        <span class="unseen">{t(measures[by])}: </span>
        {number(entry[by])}
      </strong>
    </li>
  );
}

function OptIn({ onShown }: { onShown: () => void }) {
  const [busy, setBusy] = useState(false);
  const press = () => {
    setBusy(true);
    change({ show_on_leaderboard: true })
      .then(onShown, () => say(t("problem.unknown")))
      .finally(() => setBusy(false));
  };
  return (
    <Section>
      <div class="prose">
        <h2 class="prose-title">{t("board.hidden.title")}</h2>
        <p>{t("board.hidden.text")}</p>
        <Button busy={busy} onPress={press}>
          {t("board.show")}
        </Button>
      </div>
    </Section>
  );
}

const emptyTexts = { everybody: "board.empty", friends: "board.empty.friends" } as const;

function Board({ board, by, among }: { board: Leaderboard; by: Measure; among: Circle }) {
  const { entries, me: mine } = board;
  const list = (places: readonly Entry[]) => (
    <ol class="section places">
      {places.map((entry) => (
        <Place key={`${entry.rank} ${entry.name}`} entry={entry} by={by} mine={entry.is_me} />
      ))}
    </ol>
  );
  const isListed = entries.some((entry) => entry.is_me);
  return (
    <>
      {entries.length > 0 ? list(entries) : <p class="empty">{t(emptyTexts[among])}</p>}
      {mine && !isListed ? (
        <>
          <h2 class="section-title">{t("board.around")}</h2>
          {list(mine.around)}
        </>
      ) : null}
      {me.value?.show_on_leaderboard && !mine ? <p class="empty">{t("board.unranked")}</p> : null}
    </>
  );
}

export default function LeaderboardScreen() {
  const [period, setPeriod] = useState<Period>("week");
  const [by, setBy] = useState<Measure>("sharpness");
  const [among, setAmong] = useState<Circle>("everybody");
  const params = { query: { period, by, among, limit: LIMIT } };
  const [board, again] = useLoad(
    () => untilAnswered(() => answerTo(server.GET("/api/v1/leaderboard", { params }))),
    `${period} ${by} ${among}`,
  );
  return (
    <Page title={t("board.title")}>
      <div class="switches">
        <Segments
          name="period"
          legend={t("board.period")}
          texts={{ week: t(periods.week), all: t(periods.all) }}
          chosen={period}
          onChange={setPeriod}
        />
        <Segments
          name="measure"
          legend={t("board.measure")}
          texts={{ sharpness: t(measures.sharpness), points: t(measures.points) }}
          chosen={by}
          onChange={setBy}
        />
        <Segments
          name="among"
          legend={t("board.among")}
          texts={{ everybody: t("board.everybody"), friends: t("board.friends") }}
          chosen={among}
          onChange={setAmong}
        />
      </div>
      {me.value?.show_on_leaderboard === false ? <OptIn onShown={again} /> : null}
      <Loaded load={board} again={again} lines={8}>
        {(value) => <Board board={value} by={by} among={among} />}
      </Loaded>
    </Page>
  );
}
