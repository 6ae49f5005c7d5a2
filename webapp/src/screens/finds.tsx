import { useEffect } from "preact/hooks";
import { answerTo, type Find, server } from "../api/client";
import { untilAnswered } from "../api/connection";
import { t } from "../i18n/language";
import { moment } from "../i18n/moment";
import { Row, Section } from "../parts/controls";
import { Loaded, useLoad } from "../parts/loaded";
import { Mark } from "../parts/outcome";
import { Page } from "../parts/page";
import { see, seen } from "../play/picture";
import { show } from "../play/screen";
import "../styles/lazy.css";

const fetchFinds = async (): Promise<readonly Find[]> =>
  (await untilAnswered(() => answerTo(server.GET("/api/v1/me/finds")))).finds;

function FindLine({ find }: { find: Find }) {
  const url = seen.value[find.round_id];
  const outcome = find.confirmed ? "find" : "checking";
  return (
    <li class="debrief-line">
      {url ? <img class="debrief-picture" src={url} alt="" /> : <span class="debrief-picture" />}
      <div class="debrief-words">
        <p class={`debrief-outcome outcome-${outcome}`}>
          <Mark outcome={outcome} />
          {find.confirmed ? t("finds.confirmed", { count: find.confirmed_by }) : t("finds.checking")}
        </p>
        <p class="debrief-question" dir="auto">
          {find.question}
        </p>
        <p class="debrief-answer" dir="auto">
          {find.answer}
        </p>
        <p class="debrief-note">{moment(find.flagged_at)}</p>
      </div>
    </li>
  );
}

function List({ finds }: { finds: readonly Find[] }) {
  useEffect(() => {
    const leaving = new AbortController();
    for (const { round_id } of finds) see(round_id, leaving.signal).catch(() => undefined);
    return () => leaving.abort();
  }, [finds]);
  if (finds.length === 0) return <p class="empty">{t("finds.empty")}</p>;
  return (
    <ol class="section debrief">
      {finds.map((find) => (
        <FindLine key={find.round_id} find={find} />
      ))}
    </ol>
  );
}

/** What the player found out about the model, and how far others are with checking it. */
export default function FindsScreen() {
  const [finds, again] = useLoad(fetchFinds, "");
  return (
    <Page title={t("finds.title")}>
      <p class="tagline">{t("finds.text")}</p>
      <Loaded load={finds} again={again} lines={6}>
        {(value) => <List finds={value} />}
      </Loaded>
      <Section>
        <Row text={t("jury.invite")} onPress={() => show({ name: "jury" })} />
      </Section>
    </Page>
  );
}
