import { useState } from "preact/hooks";
import { answerTo, server } from "../api/client";
import { untilAnswered } from "../api/connection";
import { t } from "../i18n/language";
import { consented } from "../play/player";
import { say, show } from "../play/screen";
import { forgetGame } from "../play/session";
import { deleteMe, withdrawConsent } from "../play/withdrawing";
import { Button, Row, Section } from "./controls";
import { Dialog } from "./dialog";

const failed = () => say(t("problem.unknown"));

async function download(): Promise<void> {
  const data = await untilAnswered(() => answerTo(server.GET("/api/v1/me/export", { parseAs: "blob" })));
  const url = URL.createObjectURL(data as unknown as Blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = "catch-the-lie.json";
  link.click();
  URL.revokeObjectURL(url);
  say(t("profile.export.done"));
}

function Withdraw({ onClose }: { onClose: () => void }) {
  const [busy, setBusy] = useState(false);
  const press = () => {
    setBusy(true);
    withdrawConsent()
      .then(() => {
        forgetGame(); // the server ended the session
        say(t("profile.consent.done"));
      }, failed)
      .finally(onClose);
  };
  return (
    <Dialog title={t("profile.consent.title")} onClose={onClose}>
      <p class="sheet-text">{t("profile.consent.text")}</p>
      <div class="sheet-buttons">
        <Button kind="danger" busy={busy} onPress={press}>
          {t("profile.consent.do")}
        </Button>
        <Button onPress={onClose}>{t("action.cancel")}</Button>
      </div>
    </Dialog>
  );
}

type Contributions = "erase" | "keep";

const choices = {
  erase: ["profile.delete.erase", "profile.delete.erase.text"],
  keep: ["profile.delete.keep", "profile.delete.keep.text"],
} as const;

function Choice({
  chosen,
  value,
  onChoose,
}: {
  chosen: boolean;
  value: Contributions;
  onChoose: () => void;
}) {
  const [title, text] = choices[value];
  return (
    <label class={chosen ? "choice chosen" : "choice"}>
      <input type="radio" name="contributions" checked={chosen} onChange={onChoose} />
      <span>
        {t(title)}
        <span class="setting-note">{t(text)}</span>
      </span>
    </label>
  );
}

function Delete({ onClose }: { onClose: () => void }) {
  const [choice, setChoice] = useState<Contributions>("erase");
  const [busy, setBusy] = useState(false);
  const press = () => {
    setBusy(true);
    deleteMe(choice)
      .then(() => {
        forgetGame();
        show({ name: "home" });
      }, failed)
      .finally(() => setBusy(false));
  };
  return (
    <Dialog title={t("profile.delete.title")} onClose={onClose}>
      <p class="sheet-text">{t("profile.delete.text")}</p>
      <fieldset class="choices">
        <legend class="unseen">{t("profile.delete.title")}</legend>
        {(["erase", "keep"] as const).map((value) => (
          <Choice key={value} value={value} chosen={choice === value} onChoose={() => setChoice(value)} />
        ))}
      </fieldset>
      <p class="sheet-text">{t("profile.delete.sure.text")}</p>
      <div class="sheet-buttons">
        <Button kind="danger" busy={busy} onPress={press}>
          {t("profile.delete.do")}
        </Button>
        <Button onPress={onClose}>{t("action.cancel")}</Button>
      </div>
    </Dialog>
  );
}

/** What is held about the player, and every way to take it back. */
export function YourData() {
  const [dialog, setDialog] = useState<"none" | "withdraw" | "delete">("none");
  const close = () => setDialog("none");
  return (
    <Section title={t("profile.data")}>
      <Row text={t("profile.privacy")} onPress={() => show({ name: "privacy" })} />
      <Row text={t("profile.export")} onPress={() => void download().catch(failed)} />
      {consented.value ? (
        <Row danger text={t("profile.consent")} onPress={() => setDialog("withdraw")} />
      ) : null}
      <Row danger text={t("profile.delete")} onPress={() => setDialog("delete")} />
      {dialog === "withdraw" ? <Withdraw onClose={close} /> : null}
      {dialog === "delete" ? <Delete onClose={close} /> : null}
    </Section>
  );
}
