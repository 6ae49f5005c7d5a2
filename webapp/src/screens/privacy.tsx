import { t } from "../i18n/language";
import { Page } from "../parts/page";
import "../styles/lazy.css";

const parts = ["privacy.what", "privacy.why", "privacy.trap", "privacy.rights"] as const;

export default function PrivacyScreen() {
  return (
    <Page title={t("privacy.title")}>
      <div class="section">
        {parts.map((part) => (
          <div key={part} class="prose">
            <h2 class="prose-title">{t(`${part}.title`)}</h2>
            <p>{t(`${part}.text`)}</p>
          </div>
        ))}
      </div>
    </Page>
  );
}
