import { beforeEach, describe, expect, it, vi } from "vitest";
import { answerTo, holdToken, onSignedOut, server } from "../src/api/client";
import { ConnectionLost, Problem } from "../src/api/problem";

const json = (body: unknown, status = 200, headers = {}) =>
  new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json", ...headers } });

/** What the wire saw, and what it answers: one function a test. */
function wire(answer: (request: Request, token: string | null) => Response | Promise<Response>): Request[] {
  const seen: Request[] = [];
  vi.stubGlobal("fetch", async (request: Request) => {
    seen.push(request);
    return answer(request, request.headers.get("Authorization"));
  });
  return seen;
}

const getMe = () => answerTo(server.GET("/api/v1/me", { baseUrl: "http://here" }));
const rename = () => answerTo(server.PATCH("/api/v1/me", { baseUrl: "http://here", body: { name: "Kim" } }));

beforeEach(() => holdToken("old"));

describe("the client", () => {
  it("renews the token once for all calls that were refused, and repeats them whole", async () => {
    let renewals = 0;
    onSignedOut(async () => {
      renewals++;
      await Promise.resolve();
      holdToken("new");
      return true;
    });
    const bodies: string[] = [];
    wire(async (request, token) => {
      if (token !== "Bearer new") return json({ code: "token_invalid" }, 401);
      if (request.method === "PATCH") bodies.push(await request.text());
      return json({ name: "Kim" });
    });
    const answers = await Promise.all([getMe(), getMe(), rename()]);
    expect(answers.map((me) => me.name)).toEqual(["Kim", "Kim", "Kim"]);
    expect(renewals).toBe(1);
    expect(bodies).toEqual(['{"name":"Kim"}']);
  });

  it("tells the refusal where there is no new token", async () => {
    onSignedOut(async () => false);
    const seen = wire(() => json({ code: "token_invalid", detail: "Sign in." }, 401));
    await expect(getMe()).rejects.toMatchObject({ status: 401, code: "token_invalid", message: "Sign in." });
    expect(seen).toHaveLength(1);
  });

  it("knows a refusal by its code and reads how long to wait", async () => {
    wire(() => json({ code: "model_busy" }, 503, { "Retry-After": "7" }));
    const problem = await getMe().catch((error: unknown) => error);
    expect(problem).toBeInstanceOf(Problem);
    expect(problem).toMatchObject({ status: 503, code: "model_busy", retryAfterSeconds: 7 });
  });

  it.each([
    ["no answer at all", () => Promise.reject(new TypeError("failed to fetch"))],
    ["a hotel's sign-in page", () => new Response("<html>", { headers: { "Content-Type": "text/html" } })],
  ])("takes %s for a lost connection", async (_what, answer) => {
    wire(answer);
    await expect(getMe()).rejects.toBeInstanceOf(ConnectionLost);
  });

  it("reads a proxy's error page as a refusal with its status", async () => {
    wire(() => new Response("<h1>Bad gateway</h1>", { status: 502 }));
    await expect(getMe()).rejects.toMatchObject({ status: 502, code: "http_502" });
  });
});
