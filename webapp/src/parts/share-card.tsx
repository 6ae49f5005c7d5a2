import type { Result } from "../api/client";
import { t } from "../i18n/language";
import { me } from "../play/player";
import { say } from "../play/screen";
import { Icon } from "./icons";
import { shareText } from "./share-text";
import { share as shareIt } from "./sharing";

const outcomes = { shared: "result.shared", copied: "result.copied", failed: "result.share.failed" } as const;

export function ShareCard({ result }: { result: Result }) {
  const share = async () => {
    const text = shareText(result, me.value?.stats.streak_days ?? 0);
    say(t(outcomes[await shareIt({ text, url: `${location.origin}/`, picture: null })]));
  };
  return (
    <section class="share">
      <button type="button" class="button button-plain" onClick={() => void share()}>
        <Icon name="share" />
        {t("result.share")}
      </button>
    </section>
  );
}
