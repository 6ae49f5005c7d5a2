import { t } from "../i18n/language";
import { leave } from "../play/session";
import { Button } from "./controls";
import { Dialog } from "./dialog";

export function Leave({ onStay }: { onStay: () => void }) {
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
