/** The server, as its OpenAPI describes it. */
import type { Answer, Init, Method, ParseAs, PathWith } from "./operations";
import { ConnectionLost, problemOf } from "./problem";
import type { components } from "./schema";

type Schemas = components["schemas"];
export type Me = Schemas["MeOut"];
export type MeChanges = Partial<Schemas["MeChange"]>;
export type Session = Schemas["SessionOut"];
export type Round = Schemas["RoundOut"];
export type Question = Schemas["QuestionOut"];
export type Result = Schemas["ResultOut"];
export type RoundResult = Schemas["PastRoundOut"];
export type Outcome = RoundResult["outcome"];
export type Wish = Schemas["FreeStart"] | Schemas["DailyStart"] | Schemas["ChallengeStart"];
export type Daily = Schemas["DailyOut"];
export type Challenge = Schemas["ChallengeOut"];
export type JuryCase = Schemas["CaseOut"];
export type Quest = Schemas["QuestOut"];
export type Share = Schemas["ShareOut"];
export type Find = Schemas["FindOut"];
export type Leaderboard = Schemas["LeaderboardOut"];
export type FinishedSession = Schemas["PastSessionOut"];
export type Judgement = NonNullable<Question["judgement"]>;

/** A question is answered within 25 s or not at once; beyond this the connection is taken for lost. */
const PATIENCE_MS = 35_000;

let token: string | null = null;
let renewing: Promise<boolean> | null = null;
let signInAgain: () => Promise<boolean> = async () => false;

export function holdToken(fresh: string | null): void {
  token = fresh;
}

/** How to get a new token when the server no longer knows this one: true where there is one now. */
export function onSignedOut(again: () => Promise<boolean>): void {
  signInAgain = again;
}

function renewed(): Promise<boolean> {
  renewing ??= signInAgain().finally(() => {
    renewing = null;
  });
  return renewing;
}

async function patiently(address: string, init: RequestInit): Promise<Response> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), PATIENCE_MS);
  const headers: Record<string, string> = token ? { Authorization: `Bearer ${token}` } : {};
  if (init.body) headers["Content-Type"] = "application/json";
  try {
    return await fetch(address, { ...init, headers, signal: abort.signal });
  } catch {
    throw new ConnectionLost();
  } finally {
    clearTimeout(timer);
  }
}

async function authorised(address: string, init: RequestInit): Promise<Response> {
  const sentWith = token;
  const response = await patiently(address, init);
  if (response.status !== 401 || address.includes("/auth/")) return response;
  // Another call may have renewed the token while this one was on its way.
  return token !== sentWith || (await renewed()) ? patiently(address, init) : response;
}

type Values = Record<string, string | number | boolean | null | undefined>;

interface Sent {
  params?: { path?: Values; query?: Values };
  body?: unknown;
  parseAs?: ParseAs;
}

function addressOf(template: string, { path = {}, query = {} }: NonNullable<Sent["params"]>): string {
  const address = template.replace(/{(\w+)}/g, (_, name) => encodeURIComponent(String(path[name])));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value != null) search.set(name, String(value));
  return `${search}` ? `${address}?${search}` : address;
}

interface Reply<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

const withMethod =
  <M extends Method>(method: M) =>
  async <P extends PathWith<M>, As extends ParseAs = "json">(
    path: P,
    ...[init]: object extends Init<P, M, As> ? [init?: Init<P, M, As>] : [init: Init<P, M, As>]
  ): Promise<Reply<Answer<P, M, As>>> => {
    const { params = {}, body, parseAs = "json" }: Sent = init ?? {};
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const response = await authorised(addressOf(path, params), { method: method.toUpperCase(), ...sent });
    // A proxy's error page is no JSON: its status alone speaks.
    if (!response.ok) return { error: await response.json().catch(() => null), response };
    return response.status === 204 ? { response } : { data: await response[parseAs](), response };
  };

export const server = {
  GET: withMethod("get"),
  PUT: withMethod("put"),
  POST: withMethod("post"),
  PATCH: withMethod("patch"),
  DELETE: withMethod("delete"),
};

/** The body of a good answer. Raises Problem for a refusal, ConnectionLost where no answer came. */
export async function answerTo<T>(reply: Promise<Reply<T>>): Promise<T> {
  let settled: Reply<T>;
  try {
    settled = await reply;
  } catch {
    throw new ConnectionLost(); // the body broke off, or was no JSON: a proxy's page, a hotel's sign-in
  }
  if (!settled.response.ok) throw problemOf(settled.error, settled.response);
  return settled.data as T;
}
