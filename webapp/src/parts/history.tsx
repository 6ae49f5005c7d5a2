import { useState } from "preact/hooks";
import { answerTo, type FinishedSession, server } from "../api/client";
import { untilAnswered } from "../api/connection";
import { number, t } from "../i18n/language";
import { moment } from "../i18n/moment";
import { say, show } from "../play/screen";
import { Button, Section } from "./controls";
import { Icon } from "./icons";
import { Loaded, useLoad } from "./loaded";

const PAGE = 10;

interface Games {
  sessions: readonly FinishedSession[];
  next_cursor: string | null;
}

const fetchGames = (cursor: string | null): Promise<Games> => {
  const query = cursor === null ? { limit: PAGE } : { limit: PAGE, cursor };
  return untilAnswered(() => answerTo(server.GET("/api/v1/me/sessions", { params: { query } })));
};

function Game({ game }: { game: FinishedSession }) {
  const caught =
    game.state === "expired"
      ? t("profile.history.expired")
      : t("profile.history.caught", { count: game.caught });
  return (
    <li>
      <button
        type="button"
        class="row"
        onClick={() => show({ name: "result", sessionId: game.id, played: game.ended_at })}
      >
        <span class="row-text">
          {moment(game.ended_at)}
          <span class="setting-note">{caught}</span>
        </span>
        <strong class="row-note">{number(game.score)}</strong>
        <Icon name="next" />
      </button>
    </li>
  );
}

function List({ first }: { first: Games }) {
  const [games, setGames] = useState(first);
  const [busy, setBusy] = useState(false);
  const more = () => {
    setBusy(true);
    fetchGames(games.next_cursor)
      .then((older) => setGames({ ...older, sessions: [...games.sessions, ...older.sessions] }))
      .catch(() => say(t("problem.unknown")))
      .finally(() => setBusy(false));
  };
  if (games.sessions.length === 0) return <p class="prose">{t("profile.history.empty")}</p>;
  return (
    <>
      <ol class="list">
        {games.sessions.map((game) => (
          <Game key={game.id} game={game} />
        ))}
      </ol>
      {games.next_cursor ? (
        <Button kind="quiet" busy={busy} onPress={more}>
          {t("action.more")}
        </Button>
      ) : null}
    </>
  );
}

export function History() {
  const [games, again] = useLoad(() => fetchGames(null), "");
  return (
    <Section title={t("profile.history")}>
      <Loaded load={games} again={again} lines={2}>
        {(first) => <List first={first} />}
      </Loaded>
    </Section>
  );
}
