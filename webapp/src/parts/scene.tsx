import { useState } from "preact/hooks";
import { learnTheRest, t } from "../i18n/language";
import picture from "../pictures/scene.svg";
import { useLazy } from "./lazy";

const load = () => Promise.all([import("./example"), learnTheRest()]).then(([file]) => file);

/** The whole game in three taps, for whoever wants it: a picture, a question, a lie, and the flag. */
export function Scene() {
  const [asked, setAsked] = useState(false);
  const Example = useLazy(load, asked)?.Example;
  return (
    <section class="scene" aria-label={t("scene.label")}>
      <img src={picture} alt={t("scene.picture")} />
      {asked && Example ? (
        <Example onAgain={() => setAsked(false)} />
      ) : (
        <>
          <p class="scene-label" aria-hidden="true">
            {t("scene.label")}
          </p>
          <button type="button" class="bubble bubble-own scene-ask" onClick={() => setAsked(true)}>
            {t("scene.question")}
          </button>
        </>
      )}
    </section>
  );
}
