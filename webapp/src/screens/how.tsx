import { t } from "../i18n/language";
import { Page } from "../parts/page";
import { Scene } from "../parts/scene";
import "../styles/lazy.css";

const steps = ["how.ask", "how.listen", "how.catch"] as const;
const more = ["how.time", "how.correct", "how.points", "how.level"] as const;

export default function HowScreen() {
  return (
    <Page title={t("how.title")}>
      <Scene />
      <ol class="section ways">
        {steps.map((step, index) => (
          <li key={step} class="way">
            <span class="way-number" aria-hidden="true">
              {index + 1}
            </span>
            <div>
              <h2 class="prose-title">{t(`${step}.title`)}</h2>
              <p>{t(`${step}.text`)}</p>
            </div>
          </li>
        ))}
      </ol>
      <div class="section">
        {more.map((part) => (
          <div key={part} class="prose">
            <h2 class="prose-title">{t(`${part}.title`)}</h2>
            <p>{t(`${part}.text`)}</p>
          </div>
        ))}
      </div>
    </Page>
  );
}
