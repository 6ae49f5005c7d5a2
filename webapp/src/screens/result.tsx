import { useEffect, useState } from "preact/hooks";
import { answerTo, type Result, server } from "../api/client";
import { untilAnswered } from "../api/connection";
import { isProblem } from "../api/problem";
import { number, t } from "../i18n/language";
import { moment } from "../i18n/moment";
import { LIES } from "../i18n/rules";
import { MainButton, Row, Section } from "../parts/controls";
import { Debrief } from "../parts/debrief";
import { Face } from "../parts/face";
import { Loaded, useLoad } from "../parts/loaded";
import { Opponents } from "../parts/opponents";
import { Page } from "../parts/page";
import { Reveal } from "../parts/reveal";
import { ShareCard } from "../parts/share-card";
import { feel } from "../play/feel";
import { see } from "../play/picture";
import { consented, me, refreshMe } from "../play/player";
import { say, screen, show } from "../play/screen";
import { play } from "../play/session";
import "../styles/lazy.css";

const CHEERS = ["result.cheer.0", "result.cheer.1", "result.cheer.2", "result.cheer.3"] as const;
const ACCUSER_FROM = 3;
const ALMOST_EVERYTHING = 0.8;

/** Praise needs both: lies caught, and true answers left alone. */
function cheer({ state, caught, rounds }: Result): string {
  if (state === "expired") return t("result.expired");
  const flagged = rounds.filter(({ judgement }) => judgement === "wrong");
  const doubted = flagged.filter((round) => !round.was_trap && round.outcome !== "find").length;
  if (doubted >= ACCUSER_FROM) {
    const all = flagged.length >= ALMOST_EVERYTHING * rounds.length;
    return all ? t("result.cheer.doubter") : t("result.cheer.accuser", { count: doubted });
  }
  if (caught === 0) return t(CHEERS[0]);
  if (caught < 3) return t(CHEERS[1]);
  return t(caught < LIES || doubted > 0 ? CHEERS[2] : CHEERS[3]);
}

/** So many games at least have to be looked at for it to be more than nothing. */
const SHARPNESS_FROM = 3;

function Sharpness({ sharpness: { before, after } }: { sharpness: Result["sharpness"] }) {
  if (before === null || after === null) return null;
  if (after === 0 && (me.value?.stats.sessions ?? 0) < SHARPNESS_FROM)
    return <p class="result-cheer">{t("result.sharpness.soon")}</p>;
  const moved = after - before;
  return (
    <p class="result-sharpness">
      {t("result.sharpness", { sharpness: number(after) })}
      {moved === 0 ? null : (
        <strong class={moved > 0 ? "outcome-caught" : "outcome-fooled"}>
          {moved > 0 ? `+${number(moved)}` : `−${number(-moved)}`}
        </strong>
      )}
    </p>
  );
}

function PlayAgain() {
  const [busy, setBusy] = useState(false);
  const press = () => {
    setBusy(true);
    play()
      .catch((error) => {
        if (!isProblem(error)) return;
        // Home explains what stands in the way: consent, no pictures left, enough for today.
        show({ name: "home" });
        if (error.code === "not_enough_images") say(t("home.pool"));
      })
      .finally(() => setBusy(false));
  };
  return <MainButton text={t("result.again")} busy={busy} onPress={press} />;
}

/** The pictures that a reload forgot, and those of a game of long ago. */
function usePictures({ rounds }: Result): void {
  useEffect(() => {
    const leaving = new AbortController();
    for (const { round_id } of rounds) see(round_id, leaving.signal).catch(() => undefined);
    return () => leaving.abort();
  }, [rounds]);
}

/** The checks that tell what was true begin when a game is over, one a second: they are asked after so much later. */
const CHECKED_AFTER_MS = [6_000, 12_000];

const lacksTruth = ({ rounds }: Result) =>
  rounds.some(({ was_trap, answer, truth }) => was_trap && answer !== null && truth === null);

/** The result as it is a little later; null until then. A failure leaves what is shown, until the next time. */
function useTruthsThatComeLater(first: Result | null, load: () => Promise<Result>): Result | null {
  const [later, setLater] = useState<Result | null>(null);
  useEffect(() => {
    let known = first;
    const ask = () => {
      if (!known || !lacksTruth(known)) return;
      load().then(
        (result) => {
          known = result;
          setLater(result);
        },
        () => undefined,
      );
    };
    const timers = CHECKED_AFTER_MS.map((wait) => setTimeout(ask, wait));
    return () => timers.forEach(clearTimeout);
  }, [first]);
  return first && later?.session_id === first.session_id ? later : null;
}

function Shown({ result, atOnce }: { result: Result; atOnce: boolean }) {
  usePictures(result);
  const [revealed, setRevealed] = useState(false);
  const [score, setScore] = useState(0);
  useEffect(() => {
    if (revealed) feel("success");
  }, [revealed]);
  useEffect(() => {
    // The server takes a game into account when its result is read: what home and profile show has moved.
    void refreshMe().catch(() => undefined);
  }, []);
  return (
    <>
      <p class="score" aria-hidden="true">
        <strong>{number(score)}</strong>
        <span>{t("result.score", { score: "", max: number(result.max_score) })}</span>
      </p>
      <Reveal result={result} atOnce={atOnce} onScore={setScore} onDone={() => setRevealed(true)} />
      <div role="status" class="result-words">
        {revealed ? (
          <>
            <p class="unseen">{t("result.score", { score: result.score, max: result.max_score })}</p>
            <p class="result-caught">
              <Face mood={result.caught > 0 ? "caught" : "calm"} />
              {t("result.caught", { caught: number(result.caught) })}
            </p>
            <Sharpness sharpness={result.sharpness} />
            <p class="result-cheer">{cheer(result)}</p>
          </>
        ) : null}
      </div>
      {revealed ? (
        <div class="result-rest">
          <ShareCard result={result} />
          <Opponents result={result} />
          <Section title={t("result.debrief.title")}>
            <p class="prose">{t("result.debrief.text")}</p>
          </Section>
          <Debrief rounds={result.rounds} />
          <Section title={t("result.points.title")}>
            <p class="prose">{t("result.points.text")}</p>
          </Section>
          <Section title={t("result.sharpness.title")}>
            <p class="prose">{t("result.sharpness.text")}</p>
          </Section>
          <div class="section">
            {consented.value ? <Row text={t("jury.invite")} onPress={() => show({ name: "jury" })} /> : null}
            {result.kind === "daily" ? (
              <Row text={t("daily.board")} onPress={() => show({ name: "daily" })} />
            ) : null}
          </div>
        </div>
      ) : null}
    </>
  );
}

export default function ResultScreen() {
  const shown = screen.value;
  const { sessionId, played } = shown.name === "result" ? shown : { sessionId: "", played: undefined };
  const params = { path: { session_id: sessionId } };
  const load = () =>
    untilAnswered(() => answerTo(server.GET("/api/v1/sessions/{session_id}/result", { params })));
  const [result, again] = useLoad(load, sessionId);
  const later = useTruthsThatComeLater(result.state === "here" ? result.value : null, load);
  return (
    <Page title={played ? moment(played) : t("result.title")}>
      <div class="result">
        <Loaded load={result} again={again} lines={6}>
          {(value) => <Shown result={later ?? value} atOnce={played !== undefined} />}
        </Loaded>
      </div>
      <PlayAgain />
    </Page>
  );
}
