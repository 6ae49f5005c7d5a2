import { useEffect, useState } from "preact/hooks";
import { answerTo, type Result, server } from "../api/client";
import { untilAnswered } from "../api/connection";
import { host } from "../host/host";
import { t } from "../i18n/language";
import { me } from "../play/player";
import { say } from "../play/screen";
import { Icon } from "./icons";
import { shareText } from "./share-text";
import { prepared, shareAndSay } from "./sharing";

interface Card {
  blob: Blob;
  url: string;
}

/** The picture that the server draws; without it the words are shared alone. */
function useCard(sessionId: string): Card | "coming" | null {
  const [card, setCard] = useState<Card | "coming" | null>("coming");
  useEffect(() => {
    let url = "";
    const params = { path: { session_id: sessionId } };
    untilAnswered(() =>
      answerTo(server.GET("/api/v1/sessions/{session_id}/card", { params, parseAs: "blob" })),
    )
      .then((answer) => {
        const blob = answer as unknown as Blob;
        url = URL.createObjectURL(blob);
        setCard({ blob, url });
      })
      .catch(() => setCard(null));
    return () => URL.revokeObjectURL(url);
  }, [sessionId]);
  return card;
}

/** Telegram fetches the card from here by itself. */
async function shareStory(result: Result): Promise<void> {
  const shared = await prepared(result.session_id);
  if (shared) host().shareStory?.(`${location.origin}${shared.card}`, shareText(result, 0));
  else say(t("result.share.failed"));
}

export function ShareCard({ result }: { result: Result }) {
  const card = useCard(result.session_id);
  const share = async () => {
    const text = shareText(result, me.value?.stats.streak_days ?? 0);
    const picture = card === "coming" ? null : (card?.blob ?? null);
    await shareAndSay({
      text,
      url: me.value?.invite_url ?? `${location.origin}/`,
      picture,
      sessionId: result.session_id,
    });
  };
  return (
    <section class="share">
      {card === "coming" ? <div class="share-card" aria-busy="true" /> : null}
      {card && card !== "coming" ? (
        <img
          class="share-card"
          src={card.url}
          alt={t("result.card", { score: result.score, max: result.max_score })}
        />
      ) : null}
      <button type="button" class="button button-plain" onClick={() => void share()}>
        <Icon name="share" />
        {t("result.share")}
      </button>
      {host().shareStory ? (
        <button type="button" class="button button-plain" onClick={() => void shareStory(result)}>
          {t("result.story")}
        </button>
      ) : null}
    </section>
  );
}
