import { t } from "../i18n/language";
import picture from "../pictures/scene.svg";
import { Icon } from "./icons";

/** The whole game in one look: a picture, a question, a lie, and the flag. */
export function Scene() {
  return (
    <div class="scene" role="img" aria-label={t("scene.label")}>
      <img src={picture} alt="" />
      <div class="scene-chat" aria-hidden="true">
        <p class="bubble bubble-own">{t("scene.question")}</p>
        <p class="bubble bubble-other">
          {t("scene.answer")}
          <span class="scene-flag">
            <Icon name="flag" />
            {t("scene.caught")}
          </span>
        </p>
      </div>
    </div>
  );
}
