import { useEffect } from "preact/hooks";
import { t } from "../i18n/language";
import { leave } from "../play/session";
import { Button } from "./controls";
import { Dialog } from "./dialog";

export function Leave({ onStay }: { onStay: () => void }) {
  useEffect(() => onStay, []); // when the round ends under it, the next one must not find it open
  return (
    <Dialog title={t("leave.title")} onClose={onStay}>
      <p class="sheet-text">{t("leave.text")}</p>
      <div class="sheet-buttons">
        <Button kind="primary" onPress={onStay}>
          {t("leave.stay")}
        </Button>
        <Button onPress={() => void leave().catch(() => undefined)}>{t("leave.go")}</Button>
      </div>
    </Dialog>
  );
}
