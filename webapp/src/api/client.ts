/** The server, as its OpenAPI describes it. */
import createClient from "openapi-fetch";
import { ConnectionLost, problemOf } from "./problem";
import type { components, paths } from "./schema";

type Schemas = components["schemas"];
export type Me = Schemas["MeOut"];
export type MeChanges = Partial<Schemas["MeChange"]>;
export type Session = Schemas["SessionOut"];
export type Round = Schemas["RoundOut"];
export type Question = Schemas["QuestionOut"];
export type Result = Schemas["ResultOut"];
export type RoundResult = Schemas["PastRoundOut"];
export type Outcome = RoundResult["outcome"];
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

async function patiently(request: Request): Promise<Response> {
  if (token) request.headers.set("Authorization", `Bearer ${token}`);
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), PATIENCE_MS);
  try {
    return await fetch(request, { signal: abort.signal });
  } catch {
    throw new ConnectionLost();
  } finally {
    clearTimeout(timer);
  }
}

async function authorised(request: Request): Promise<Response> {
  const sentWith = token;
  const again = request.clone();
  const response = await patiently(request);
  const signingIn = new URL(request.url).pathname.includes("/auth/");
  if (response.status !== 401 || signingIn) return response;
  // Another call may have renewed the token while this one was on its way.
  return token !== sentWith || (await renewed()) ? patiently(again) : response;
}

export const server = createClient<paths>({ fetch: authorised });

interface Reply<T> {
  data?: T | undefined;
  error?: unknown;
  response: Response;
}

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
