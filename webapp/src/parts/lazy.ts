import { useEffect, useState } from "preact/hooks";
import { pause } from "../api/connection";

const AGAIN_MS = 2000;

async function persistently<T>(load: () => Promise<T>, scope: AbortSignal): Promise<T> {
  for (;;) {
    try {
      return await load();
    } catch {
      await pause(AGAIN_MS, scope);
    }
  }
}

/** A part of the page that is fetched while it is not needed yet; null until it is `wanted` and here. */
export function useLazy<T>(load: () => Promise<T>, wanted: boolean): T | null {
  const [loaded, setLoaded] = useState<{ file: T } | null>(null);
  useEffect(() => {
    if (!wanted || loaded) return;
    const scope = new AbortController();
    persistently(load, scope.signal).then(
      (file) => setLoaded({ file }),
      () => undefined, // the screen was left
    );
    return () => scope.abort();
  }, [wanted]);
  return loaded?.file ?? null;
}
