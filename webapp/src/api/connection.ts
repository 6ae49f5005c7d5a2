/** Calls that outlive a lost connection. Every call of the game may be repeated without harm. */
import { signal } from "@preact/signals";
import { ConnectionLost, Problem } from "./problem";

export type Trouble = "none" | "connection" | "server";

/** What stands between the page and the server now; shown as a banner. */
export const trouble = signal<Trouble>("none");

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 4000;

/** Resolves after `ms`, or at once when the network comes back. Rejects when `scope` is aborted. */
export function pause(ms: number, scope?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = (settle: () => void) => {
      clearTimeout(timer);
      globalThis.removeEventListener?.("online", wake);
      scope?.removeEventListener("abort", stop);
      settle();
    };
    const wake = () => done(resolve);
    const stop = () => done(() => reject(scope?.reason));
    const timer = setTimeout(wake, ms);
    globalThis.addEventListener?.("online", wake);
    scope?.addEventListener("abort", stop);
    if (scope?.aborted) stop();
  });
}

/** Milliseconds until the next try; null where trying again is of no use. */
export function waitAfter(error: unknown, attempt: number): number | null {
  const patience = Math.min(FIRST_WAIT_MS * 2 ** attempt, LONGEST_WAIT_MS);
  if (error instanceof ConnectionLost) return patience;
  if (!(error instanceof Problem)) return null;
  if (error.status === 503 || error.status === 429) {
    const named = error.retryAfterSeconds;
    // A minute and more is for the player to decide on.
    if (named !== null) return named > 30 ? null : named * 1000;
    return error.status === 503 ? patience : null;
  }
  return error.status === 502 || error.status === 504 ? patience : null;
}

interface Persistence {
  scope?: AbortSignal | undefined;
  /** Told each time that the call has to wait, and why. */
  onWait?: (error: unknown) => void;
}

function troubleOf(error: unknown): Trouble {
  if (error instanceof ConnectionLost) return "connection";
  return error instanceof Problem && error.code !== "model_busy" && error.status >= 500 ? "server" : "none";
}

/** Calls until there is an answer or a refusal that stands. */
export async function untilAnswered<T>(
  call: () => Promise<T>,
  { scope, onWait }: Persistence = {},
): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      const answer = await call();
      trouble.value = "none";
      return answer;
    } catch (error) {
      const wait = waitAfter(error, attempt);
      trouble.value = wait === null ? "none" : troubleOf(error);
      if (wait === null) throw error;
      onWait?.(error);
      await pause(wait, scope).catch((stopped: unknown) => {
        trouble.value = "none";
        throw stopped;
      });
    }
  }
}
