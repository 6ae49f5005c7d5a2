import { useEffect, useState } from "preact/hooks";
import { pause } from "../api/connection";
import { keep, recall } from "../host/memory";

const AGAIN_MS = 2000;
const TRIES = 3;
const BETWEEN_RELOADS_MS = 60_000;

async function untilReachable(scope: AbortSignal): Promise<void> {
  while (
    !(await fetch("/api/v1/healthz", { method: "HEAD", cache: "no-store", signal: scope }).catch(() => null))
  ) {
    scope.throwIfAborted();
    await pause(AGAIN_MS, scope);
  }
}

/** The page anew: the server knows the game. Not time and again, where the file is truly missing. */
function loadAnew(): void {
  if (Date.now() - Number(recall("loaded-anew")) < BETWEEN_RELOADS_MS) return;
  keep("loaded-anew", String(Date.now()));
  location.reload();
}

/**
 * Browsers remember for as long as the page lives that a file of the program could not be had. So it is asked for only
 * while the server answers; where it fails all the same (a new version was deployed, say), the page is loaded anew.
 */
async function persistently<T>(load: () => Promise<T>, scope: AbortSignal): Promise<T> {
  for (let tries = 1; ; tries++) {
    await untilReachable(scope);
    try {
      return await load();
    } catch {
      await pause(AGAIN_MS, scope);
      if (tries >= TRIES) loadAnew();
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
