import { useEffect, useRef, useState } from "preact/hooks";
import { trouble } from "../api/connection";
import { t } from "../i18n/language";
import { notice } from "../play/screen";

const BACK_ONLINE_MS = 2000;

/** Shows for a moment that the connection came back, and only after it was gone. */
function useBackOnline(): boolean {
  const [isBack, setBack] = useState(false);
  const wasLost = useRef(false);
  const now = trouble.value;
  useEffect(() => {
    if (now !== "none") {
      wasLost.current = true;
      setBack(false);
      return;
    }
    if (!wasLost.current) return;
    wasLost.current = false;
    setBack(true);
    const timer = setTimeout(() => setBack(false), BACK_ONLINE_MS);
    return () => clearTimeout(timer);
  }, [now]);
  return isBack;
}

export function Banner() {
  const isBack = useBackOnline();
  const now = trouble.value;
  const texts = {
    none: isBack ? t("connection.back") : "",
    connection: t("connection.lost"),
    server: t("connection.server"),
  };
  const text = texts[now];
  return (
    <div role="status" class="banner-place">
      {text ? <p class={now === "none" ? "banner banner-good" : "banner"}>{text}</p> : null}
    </div>
  );
}

export function Notice() {
  return (
    <div role="status" class="notice-place">
      {notice.value ? <p class="notice">{notice.value}</p> : null}
    </div>
  );
}
