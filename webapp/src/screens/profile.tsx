import { useState } from "preact/hooks";
import { oneLine } from "../api/requests";
import { host } from "../host/host";
import { keep, recall } from "../host/memory";
import { language, languageCodes, nameOf, number, t } from "../i18n/language";
import { NAME_CHARS } from "../i18n/rules";
import { Row, Section } from "../parts/controls";
import { Figures } from "../parts/figures";
import { History } from "../parts/history";
import { Page } from "../parts/page";
import { YourData } from "../parts/your-data";
import { feel } from "../play/feel";
import { change, chooseLanguage, me } from "../play/player";
import { say, show } from "../play/screen";
import { forgetGame } from "../play/session";
import { signOut } from "../play/withdrawing";
import "../styles/lazy.css";

const failed = () => say(t("problem.unknown"));

function NameField() {
  const known = me.value?.name ?? "";
  const [name, setName] = useState(known);
  const save = () => {
    const wanted = oneLine(name);
    if (!wanted || wanted === known) {
      setName(known);
      return;
    }
    change({ name: wanted }).then(() => say(t("profile.name.saved")), failed);
  };
  return (
    <form
      class="setting"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <label for="name">{t("profile.name")}</label>
      <input
        id="name"
        class="setting-input"
        value={name}
        maxLength={NAME_CHARS}
        autocomplete="nickname"
        enterkeyhint="done"
        onInput={(event) => setName(event.currentTarget.value)}
        onBlur={save}
      />
    </form>
  );
}

function LanguageField() {
  return (
    <div class="setting">
      <label for="language">{t("profile.language")}</label>
      <select
        id="language"
        class="setting-input"
        value={language.value}
        onChange={(event) => void chooseLanguage(event.currentTarget.value).catch(failed)}
      >
        {languageCodes.map((code) => (
          <option key={code} value={code} lang={code} selected={code === language.value}>
            {nameOf(code)}
          </option>
        ))}
      </select>
    </div>
  );
}

function BoardSwitch() {
  const isOn = me.value?.show_on_leaderboard ?? false;
  const flip = (input: HTMLInputElement) =>
    void change({ show_on_leaderboard: input.checked }).catch(() => {
      input.checked = isOn; // what the switch shows is what stands
      failed();
    });
  return (
    <label class="setting">
      <span>
        {t("profile.board")}
        <span class="setting-note">{t("profile.board.text")}</span>
      </span>
      <input
        type="checkbox"
        role="switch"
        class="switch"
        checked={isOn}
        aria-checked={isOn}
        onChange={(event) => flip(event.currentTarget)}
      />
    </label>
  );
}

/** Off until it is wanted; one note says that it is on. */
function SoundSwitch() {
  const [isOn, setOn] = useState(recall("sound") !== null);
  const flip = (wanted: boolean) => {
    keep("sound", wanted ? "on" : null);
    setOn(wanted);
    feel("success");
  };
  return (
    <label class="setting">
      <span>
        {t("profile.sound")}
        <span class="setting-note">{t("profile.sound.text")}</span>
      </span>
      <input
        type="checkbox"
        class="switch"
        checked={isOn}
        onChange={(event) => flip(event.currentTarget.checked)}
      />
    </label>
  );
}

/** What care earns, and what was played. */
function Standing() {
  const stats = me.value?.stats;
  if (!stats?.sessions) return null;
  const care = [
    [t("back.sharpness"), number(stats.sharpness)],
    [t("back.level"), number(stats.level)],
    [t("back.finds"), number(stats.finds)],
  ] as const;
  const play = [
    [t("profile.points"), number(stats.points)],
    [t("profile.best"), number(stats.best)],
    [t("profile.streak"), t("profile.streak.days", { count: stats.streak_days })],
  ] as const;
  return (
    <>
      <Figures shown={care} />
      <Figures shown={play} />
    </>
  );
}

function SignOut() {
  const press = () =>
    void signOut().then(() => {
      forgetGame();
      show({ name: "home" });
    }, failed);
  return (
    <Section>
      <Row text={t("profile.leave")} onPress={press} />
    </Section>
  );
}

export default function ProfileScreen() {
  return (
    <Page title={t("profile.title")}>
      <Standing />
      <Section>
        <NameField />
        <LanguageField />
        <BoardSwitch />
        <SoundSwitch />
      </Section>
      {me.value?.stats.sessions ? (
        <Section>
          <Row
            text={t("finds.title")}
            note={number(me.value.stats.finds)}
            onPress={() => show({ name: "finds" })}
          />
        </Section>
      ) : null}
      <History />
      <YourData />
      {host().insideTelegram ? null : <SignOut />}
    </Page>
  );
}
