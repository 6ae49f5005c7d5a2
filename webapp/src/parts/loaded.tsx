import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { t } from "../i18n/language";
import { Button } from "./controls";

export type Load<T> = { state: "loading" } | { state: "failed" } | { state: "here"; value: T };

/** Loads when the screen appears and when `key` changes; an answer that comes too late is dropped. */
export function useLoad<T>(load: () => Promise<T>, key: string): [load: Load<T>, again: () => void] {
  const [result, setResult] = useState<Load<T>>({ state: "loading" });
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let wanted = true;
    setResult({ state: "loading" });
    load().then(
      (value) => wanted && setResult({ state: "here", value }),
      () => wanted && setResult({ state: "failed" }),
    );
    return () => {
      wanted = false;
    };
  }, [key, attempt]);
  return [result, () => setAttempt(attempt + 1)];
}

interface LoadedProps<T> {
  load: Load<T>;
  again: () => void;
  lines?: number;
  children: (value: T) => ComponentChildren;
}

export function Loaded<T>({ load, again, lines = 4, children }: LoadedProps<T>) {
  if (load.state === "here") return <>{children(load.value)}</>;
  if (load.state === "failed") {
    return (
      <div class="empty" role="alert">
        <p>{t("problem.unknown")}</p>
        <Button onPress={again}>{t("action.retry")}</Button>
      </div>
    );
  }
  return (
    <div class="section skeleton" aria-busy="true">
      <span class="unseen">{t("app.loading")}</span>
      {Array.from({ length: lines }, (_, line) => (
        <div key={line} class="skeleton-line" />
      ))}
    </div>
  );
}
