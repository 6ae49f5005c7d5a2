import { answerTo, server } from "../api/client";
import { untilAnswered } from "../api/connection";
import { language, t } from "../i18n/language";
import { Loaded, useLoad } from "../parts/loaded";
import { Page } from "../parts/page";
import "../styles/lazy.css";

/** The server's text, and the bot's: there is no second one that could say something else. */
const read = (code: string) =>
  untilAnswered(() => answerTo(server.GET("/api/v1/privacy", { params: { query: { language: code } } })));

export default function PrivacyScreen() {
  const [policy, again] = useLoad(() => read(language.value), language.value);
  return (
    <Page title={policy.state === "here" ? policy.value.title : t("profile.privacy")}>
      <Loaded load={policy} again={again} lines={8}>
        {({ parts }) => (
          <div class="section">
            {parts.map(({ heading, text }) => (
              <div key={heading} class="prose">
                <h2 class="prose-title">{heading}</h2>
                <p>{text}</p>
              </div>
            ))}
          </div>
        )}
      </Loaded>
    </Page>
  );
}
