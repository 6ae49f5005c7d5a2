import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { t } from "../i18n/language";
import { Button } from "./controls";

export type Load<T> = { state: "loading" } | { state: "failed" } | { state: "here"; value: T };

const LOADING = { state: "loading" } as const;

/** Loads when the screen appears and when `key` changes; an answer that comes too late is dropped. What was loaded
    under another key is never shown under this one, not for one frame. */
export function useLoad<T>(load: () => Promise<T>, key: string): [load: Load<T>, again: () => void] {
  const [attempt, setAttempt] = useState(0);
  const wanted = `${key} ${attempt}`;
  const [result, setResult] = useState<{ of?: string; load: Load<T> }>({ load: LOADING });
  useEffect(() => {
    let late = false;
    const settle = (load: Load<T>) => late || setResult({ of: wanted, load });
    load().then(
      (value) => settle({ state: "here", value }),
      () => settle({ state: "failed" }),
    );
    return () => {
      late = true;
    };
  }, [wanted]);
  return [result.of === wanted ? result.load : LOADING, () => setAttempt(attempt + 1)];
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
