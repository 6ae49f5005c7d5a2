import { useState } from "preact/hooks";
import type { Wish } from "../api/client";
import { isProblem, type Problem } from "../api/problem";
import { oneLine } from "../api/requests";
import { gameName, learnTheRest, t } from "../i18n/language";
import { NAME_CHARS } from "../i18n/rules";
import { MainButton, Row } from "../parts/controls";
import { useLazy } from "../parts/lazy";
import { Heading } from "../parts/page";
import { Scene } from "../parts/scene";
import { minutes } from "../play/clock";
import { consent, consented, me, refreshMe, signInAsGuest, standing } from "../play/player";
import { say, show } from "../play/screen";
import { away, challenged, play, session } from "../play/session";

function pick(words: string): string {
  const all = words.split(" ");
  return all[Math.floor(Math.random() * all.length)] ?? "";
}

/** For guests. */
function friendlyName(): string {
  return `${pick(t("home.name.first"))} ${pick(t("home.name.second"))} ${Math.floor(Math.random() * 9000) + 1000}`;
}

function explain(problem: Problem): void {
  if (challenged.value && problem.status < 429) {
    challenged.value = null;
    say(t("back.unfit"));
  } else if (problem.code === "not_enough_images") say(t("home.pool"));
  else if (problem.code === "too_many_sessions") {
    say(t("home.enough", { count: Math.ceil((problem.retryAfterSeconds ?? 60) / 60) }));
  } else say(t("problem.unknown"));
}

function challengeWish(): Wish | undefined {
  const challenge = challenged.value;
  return challenge ? { kind: "challenge", challenge } : undefined;
}

/** Everything between the tap and the first picture. */
async function start(name: string, wish = challengeWish()): Promise<void> {
  try {
    if (standing.value === "guest") await signInAsGuest(name);
    if (!consented.value) await consent();
    await play(wish);
  } catch (error) {
    if (!isProblem(error)) throw error;
    // The terms changed since this page was opened: they are shown, and asked again.
    if (isProblem(error, "consent_required", "consent_version_outdated")) await refreshMe();
    else if (standing.value !== "telegram-only") explain(error);
  }
}

/** What brings a player back, which a first game does not wait for. */
const comingBack = () => Promise.all([import("../parts/coming-back"), learnTheRest()]);

function Consent() {
  return (
    <p class="consent">
      {typeof me.value?.consent.granted_version === "number" ? `${t("home.consent.grown")} ` : null}
      {t("home.consent")}{" "}
      <button type="button" class="link-inline" onClick={() => show({ name: "privacy" })}>
        {t("home.consent.more")}
      </button>
    </p>
  );
}

function Ways() {
  return (
    <nav class="section">
      <Row icon="question" text={t("home.how")} onPress={() => show({ name: "how" })} />
      <Row icon="trophy" text={t("home.leaderboard")} onPress={() => show({ name: "leaderboard" })} />
      <Row icon="person" text={t("home.profile")} onPress={() => show({ name: "profile" })} />
    </nav>
  );
}

function NameField({ name, onName }: { name: string; onName: (name: string) => void }) {
  return (
    <label class="field">
      <span class="field-label">{t("home.name")}</span>
      <input
        class="input"
        value={name}
        maxLength={NAME_CHARS}
        autocomplete="nickname"
        onInput={(event) => onName(event.currentTarget.value)}
      />
      <span class="field-note">{t("home.demo")}</span>
    </label>
  );
}

/** A clock that runs while nobody looks at its picture. */
function TimeLeft() {
  return <p class="consent">{t("round.time", { time: minutes(away.seconds.value) })}</p>;
}

function playText(): string {
  const going = session.value;
  if (!consented.value || standing.value === "guest") return t("home.agree");
  if (!going) return (challenged.value && t("back.take")) || t("home.play");
  const position = Math.min(going.rounds_done + 1, going.rounds_total);
  return t("home.continue", { position, total: going.rounds_total });
}

/** Welcome, and where a game starts or goes on. */
export function Home() {
  const [name, setName] = useState(friendlyName);
  const [busy, setBusy] = useState(false);
  const [hasOtherFirst, setHasOtherFirst] = useState(false);
  const isGuest = standing.value === "guest";
  const isNew = !me.value?.stats.sessions;
  const isBack = challenged.value !== null || !isNew;
  const ComingBack = useLazy(comingBack, isBack)?.[0].ComingBack;
  const press = () => {
    if (isGuest && !oneLine(name)) {
      say(t("home.name.missing"));
      return;
    }
    setBusy(true);
    void start(oneLine(name)).finally(() => setBusy(false));
  };
  return (
    <main class="page home">
      {isBack ? null : <Scene />}
      <div class="home-words">
        <Heading>{gameName()}</Heading>
        <p class="tagline">
          {t("app.tagline")} <span class="whole">{t("app.tagline.play")}</span>
        </p>
      </div>
      {ComingBack ? <ComingBack onPlay={(wish) => start("", wish)} onFirst={setHasOtherFirst} /> : null}
      {ComingBack && isNew ? <Scene /> : null}
      {isGuest ? <NameField name={name} onName={setName} /> : null}
      {isGuest || (isBack && !ComingBack) ? null : <Ways />}
      <MainButton text={playText()} busy={busy} onPress={press} plain={hasOtherFirst}>
        {isGuest || !consented.value ? <Consent /> : away.running.value ? <TimeLeft /> : null}
      </MainButton>
    </main>
  );
}
