import type { ComponentType } from "preact";
import { useState } from "preact/hooks";
import type { Round } from "../api/client";
import { learnTheRest, t } from "../i18n/language";
import { ROUNDS } from "../i18n/rules";
import { picture } from "../play/picture";
import { bringPicture } from "../play/round";
import { Button } from "./controls";
import { Icon } from "./icons";

interface ViewerProps {
  url: string;
  position: number;
  onClose: () => void;
}

function useViewer(): [Viewer: ComponentType<ViewerProps> | null, open: () => void, close: () => void] {
  const [viewer, setViewer] = useState<{ Viewer: ComponentType<ViewerProps> } | null>(null);
  const open = () =>
    void Promise.all([import("./viewer"), learnTheRest()]).then(
      ([file]) => setViewer({ Viewer: file.Viewer }),
      () => undefined, // no connection: the picture stays as it is
    );
  return [viewer?.Viewer ?? null, open, () => setViewer(null)];
}

/** The picture is the hero: whole, never cropped, larger on a tap. */
export function PictureFrame({ round }: { round: Round }) {
  const [Viewer, open, close] = useViewer();
  const { position, image } = round;
  const shown = picture.value;
  if (shown.state === "failed") {
    return (
      <div class="frame frame-empty" role="alert">
        <p>{t("round.image.failed")}</p>
        <Button onPress={() => void bringPicture(round)}>{t("action.retry")}</Button>
      </div>
    );
  }
  if (shown.state === "loading") {
    return (
      <div class="frame frame-empty" aria-busy="true">
        <p>{t("round.image.loading")}</p>
      </div>
    );
  }
  return (
    <div class="frame">
      <button
        type="button"
        class="frame-button"
        aria-label={t("round.enlarge", { position, total: ROUNDS })}
        style={{ "--ratio": image.width / image.height }}
        onClick={open}
      >
        <img
          class="frame-picture"
          src={shown.url}
          width={image.width}
          height={image.height}
          alt={t("round.image", { position, total: ROUNDS })}
          draggable={false}
        />
        <span class="frame-enlarge">
          <Icon name="enlarge" />
        </span>
      </button>
      {round.state === "flagged" ? (
        <p class="stamp" aria-hidden="true">
          <Icon name="flag" />
          {t("ended.stamp")}
        </p>
      ) : null}
      {Viewer ? <Viewer url={shown.url} position={position} onClose={close} /> : null}
    </div>
  );
}
