/** The same ten pictures, other traps: what others made of them, and the link that challenges more. */
import type { Outcome, Result } from "../api/client";
import { gameName, number, t } from "../i18n/language";
import { me } from "../play/player";
import { Section } from "./controls";
import { Icon } from "./icons";
import { squares } from "./share-text";
import { shareAndSay } from "./sharing";

/** Telegram's links lead through the bot, as invitations do; elsewhere the page itself takes the code. */
export function challengeUrl(code: string): string {
  const invitation = me.value?.invite_url;
  if (!invitation) return `${location.origin}/?challenge=${code}`;
  const url = new URL(invitation);
  for (const name of [...url.searchParams.keys()]) url.searchParams.set(name, `c_${code}`);
  return url.href;
}

function Row({ results }: { results: readonly Outcome[] }) {
  return <span aria-hidden="true">{results.map((outcome) => squares[outcome]).join("")}</span>;
}

export function Opponents({ result }: { result: Result }) {
  const { challenge_code: code, opponents, score, max_score: max } = result;
  if (!code) return null;
  const challenge = async () => {
    const text = t("result.challenge.text", { name: gameName(), score, max });
    await shareAndSay({ text, url: challengeUrl(code), picture: null });
  };
  return (
    <>
      {opponents.length > 0 ? (
        <Section title={t("result.opponents")}>
          <ol class="list">
            {[
              { name: t("board.you"), score, outcomes: result.rounds.map((round) => round.outcome) },
              ...opponents,
            ].map((one, index) => (
              <li key={index} class="opponent">
                <bdi class="opponent-name">{one.name}</bdi>
                <strong>{number(one.score)}</strong>
                <Row results={one.outcomes} />
              </li>
            ))}
          </ol>
        </Section>
      ) : null}
      <section class="share">
        <button type="button" class="button button-plain" onClick={() => void challenge()}>
          <Icon name="flag" />
          {t("result.challenge")}
        </button>
      </section>
    </>
  );
}
