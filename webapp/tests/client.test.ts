import { beforeEach, describe, expect, it, vi } from "vitest";
import { answerTo, holdToken, onSignedOut, server } from "../src/api/client";
import { ConnectionLost, Problem } from "../src/api/problem";

const json = (body: unknown, status = 200, headers = {}) =>
  new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json", ...headers } });

/** What the wire saw, and what it answers: one function a test. */
function wire(answer: (request: Request, token: string | null) => Response | Promise<Response>): Request[] {
  const seen: Request[] = [];
  vi.stubGlobal("fetch", async (address: string, init: RequestInit) => {
    const request = new Request(`http://here${address}`, init);
    seen.push(request);
    return answer(request, request.headers.get("Authorization"));
  });
  return seen;
}

const getMe = () => answerTo(server.GET("/api/v1/me"));
const rename = () => answerTo(server.PATCH("/api/v1/me", { body: { name: "Kim" } }));

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

  it("puts parameters where the OpenAPI has them, and sends none that are not there", async () => {
    const seen = wire(() => json({}));
    await answerTo(server.GET("/api/v1/rounds/{round_id}", { params: { path: { round_id: "a/b?" } } }));
    await answerTo(server.GET("/api/v1/leaderboard", { params: { query: { period: "week" } } }));
    await getMe();
    expect(seen.map(({ url }) => url.replace("http://here/api/v1", ""))).toEqual([
      "/rounds/a%2Fb%3F",
      "/leaderboard?period=week",
      "/me",
    ]);
    expect(seen.map(({ headers }) => headers.get("Content-Type"))).toEqual([null, null, null]);
  });

  it("hands a file over as it came, and nothing where the server says that there is nothing", async () => {
    wire(
      (request) =>
        new Response(request.method === "DELETE" ? null : "{ }", {
          status: request.method === "DELETE" ? 204 : 200,
        }),
    );
    const file = await answerTo(server.GET("/api/v1/me/export", { parseAs: "blob" }));
    expect(await file.text()).toBe("{ }");
    expect(await answerTo(server.DELETE("/api/v1/me/consent"))).toBeUndefined();
  });
});
