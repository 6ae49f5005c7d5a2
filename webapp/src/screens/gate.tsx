import "../styles/lazy.css";
import { host } from "../host/host";
import { t } from "../i18n/language";
import { Button } from "../parts/controls";
import { Heading } from "../parts/page";
import { YourData } from "../parts/your-data";
import { standing as current, me, type Standing } from "../play/player";
import { say, show } from "../play/screen";
import { signInForOwnData } from "../play/withdrawing";

type Closed = Exclude<Standing, "starting" | "guest" | "player">;

const texts = {
  reopen: ["gate.reopen.title", "gate.reopen.text"],
  "telegram-only": ["gate.telegram.title", "gate.telegram.text"],
  banned: ["gate.banned.title", "gate.banned.text"],
  deleted: ["gate.deleted.title", "gate.deleted.text"],
} as const;

/** Telegram gives a page that it reloads the same old sign-in again: closing is what helps. */
function Reopen() {
  const { close } = host();
  if (close) return <Button onPress={close}>{t("action.close")}</Button>;
  return <Button onPress={() => location.reload()}>{t("action.retry")}</Button>;
}

/** Also who may not play has a right to what is held of them. */
function OwnData() {
  if (me.value) return <YourData />;
  const come = () => void signInForOwnData().catch(() => say(t("problem.unknown")));
  return <Button onPress={come}>{t("profile.data")}</Button>;
}

/** Why there is no game here now, and what to do about it. */
export default function GateScreen() {
  const standing = current.value as Closed;
  const [title, text] = texts[standing] ?? texts.reopen;
  const again = () => {
    show({ name: "home" });
    location.reload();
  };
  return (
    <main class="page gate">
      <div class="shell-mark" aria-hidden="true" />
      <Heading>{t(title)}</Heading>
      <p>{t(text)}</p>
      {standing === "banned" ? <OwnData /> : null}
      {standing === "deleted" ? <Button onPress={again}>{t("gate.deleted.again")}</Button> : null}
      {standing === "reopen" ? <Reopen /> : null}
    </main>
  );
}
