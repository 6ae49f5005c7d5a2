import { useEffect, useState } from "preact/hooks";
import { t } from "../i18n/language";

const MINUTE_MS = 60_000;

interface NextTenProps {
  endsAt: string;
  /** The server's clock when it said so: the phone's may be wrong. */
  now: string;
  onOver: () => void;
}

/** How long until the next ten come, to the minute. */
export function NextTen({ endsAt, now, onOver }: NextTenProps) {
  const [askedAt] = useState(() => performance.now());
  const left = () => Date.parse(endsAt) - Date.parse(now) - (performance.now() - askedAt);
  const [leftMs, setLeftMs] = useState(left);
  useEffect(() => {
    const timer = setInterval(() => {
      setLeftMs(left());
      if (left() <= 0) {
        clearInterval(timer);
        onOver();
      }
    }, MINUTE_MS / 4);
    return () => clearInterval(timer);
  }, [endsAt]);
  const minutes = Math.max(1, Math.ceil(leftMs / MINUTE_MS));
  return (
    <p class="back-hint">
      {minutes < 60
        ? t("daily.next.minutes", { count: minutes })
        : t("daily.next.hours", { count: Math.round(minutes / 60) })}
    </p>
  );
}
