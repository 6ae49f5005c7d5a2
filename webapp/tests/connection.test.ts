import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { trouble, untilAnswered } from "../src/api/connection";
import { ConnectionLost, Problem } from "../src/api/problem";

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

/** Fails with each of `failures` in turn, then answers. */
function flaky(failures: unknown[]): () => Promise<string> {
  const left = [...failures];
  return async () => {
    if (left.length > 0) throw left.shift();
    return "answer";
  };
}

describe("a call that outlives the connection", () => {
  it("is repeated until there is an answer, and says meanwhile that the connection is gone", async () => {
    const answer = untilAnswered(flaky(Array.from({ length: 8 }, () => new ConnectionLost())));
    await vi.advanceTimersByTimeAsync(1000);
    expect(trouble.value).toBe("connection");
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await answer).toBe("answer");
    expect(trouble.value).toBe("none");
  });

  it("waits as long as a busy model asks for", async () => {
    const waits: unknown[] = [];
    const busy = new Problem(503, "model_busy", "", 3);
    let done = false;
    const answer = untilAnswered(flaky([busy]), { onWait: (error) => waits.push(error) }).then(() => {
      done = true;
    });
    await vi.advanceTimersByTimeAsync(2900);
    expect([done, waits, trouble.value]).toEqual([false, [busy], "none"]);
    await vi.advanceTimersByTimeAsync(200);
    await answer;
    expect(done).toBe(true);
  });

  it.each([
    [409, "round_over", null],
    [422, "invalid_request", null],
    [429, "too_many_sessions", 3600],
    [500, "http_500", null],
  ])("is not repeated after a refusal that stands (%s %s)", async (status, code, retryAfter) => {
    const problem = new Problem(status, code, "", retryAfter);
    await expect(untilAnswered(flaky([problem]))).rejects.toBe(problem);
  });

  it("is called off with its round", async () => {
    const scope = new AbortController();
    const answer = untilAnswered(flaky([new ConnectionLost()]), { scope: scope.signal });
    const refused = expect(answer).rejects.toBeDefined();
    await vi.advanceTimersByTimeAsync(100);
    scope.abort();
    await refused;
    expect(trouble.value).toBe("none");
  });
});
