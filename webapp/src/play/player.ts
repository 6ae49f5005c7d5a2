/** Who plays: signing in, staying signed in, and what the player may change. */
import { computed, signal } from "@preact/signals";
import { answerTo, holdToken, type Me, type MeChanges, onSignedOut, server } from "../api/client";
import { untilAnswered } from "../api/connection";
import { isProblem } from "../api/problem";
import { languages } from "../host/detect";
import type { TgHost } from "../host/host";
import { keep, recall } from "../host/memory";
import { bestLanguage, language, speak } from "../i18n/language";

export type Standing = "starting" | "guest" | "player" | "reopen" | "telegram-only" | "banned" | "deleted";

export const standing = signal<Standing>("starting");
export const me = signal<Me | null>(null);
export const consented = computed(() => {
  const consent = me.value?.consent;
  return consent?.granted_version === consent?.required_version;
});

let initData: string | null = null;

/** Left out, it is to play. */
type Purpose = { purpose?: "own_data" };

const withTelegram = (init_data: string, purpose?: Purpose) =>
  answerTo(server.POST("/api/v1/auth/telegram", { body: { init_data, ...purpose } }));
const withName = (name: string, purpose?: Purpose) =>
  answerTo(server.POST("/api/v1/auth/demo", { body: { name, ...purpose } }));

/** Null where nothing says who this is. */
export function signingIn(purpose?: Purpose) {
  if (initData) return withTelegram(initData, purpose);
  const name = recall("demo-name");
  return name ? withName(name, purpose) : null;
}

function refusedAs(error: unknown): Standing {
  if (isProblem(error, "banned")) return "banned";
  return initData ? "reopen" : "guest";
}

async function exchange(): Promise<boolean> {
  try {
    const signedIn = await untilAnswered(async () => signingIn());
    if (!signedIn) return false;
    holdToken(signedIn.token);
    me.value = signedIn.player;
    standing.value = "player";
    return true;
  } catch (error) {
    // A server that is out of order has refused nobody, and must not make a newcomer of a player.
    if (!isProblem(error) || error.status >= 500) throw error;
    standing.value = refusedAs(error);
    return false;
  }
}

/** Resolves once it is known who plays, or that nobody is signed in yet. */
export async function signIn(host: TgHost): Promise<void> {
  initData = host.initData;
  onSignedOut(exchange);
  if (host.insideTelegram && !initData) {
    standing.value = "reopen"; // opened by a button that signs nothing
    return;
  }
  if (await exchange()) await settleIn();
  else if (standing.value === "starting") standing.value = "guest";
}

/** Raises Problem where this server is no demo or does not take the name. */
export async function signInAsGuest(name: string): Promise<void> {
  try {
    const signedIn = await untilAnswered(() => withName(name));
    keep("demo-name", name);
    holdToken(signedIn.token);
    me.value = signedIn.player;
  } catch (error) {
    if (isProblem(error) && error.status === 404) standing.value = "telegram-only";
    throw error;
  }
  await settleIn();
  standing.value = "player";
}

/** A newcomer's language is the phone's; whoever chose one keeps it. */
async function settleIn(): Promise<void> {
  const player = me.value;
  if (!player) return;
  const isNew = player.stats.sessions === 0 && player.consent.granted_version === null;
  const wanted = isNew ? bestLanguage(languages) : bestLanguage([player.language, ...languages]);
  await speak(wanted);
  const time_zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  // Day boundaries of the streak; nobody waits for it and a failure costs nothing.
  void change({ time_zone, ...(player.language === wanted ? {} : { language: wanted }) }).catch(
    () => undefined,
  );
}

export async function change(changes: MeChanges): Promise<void> {
  const { name, language, time_zone, show_on_leaderboard } = await answerTo(
    server.PATCH("/api/v1/me", { body: changes }),
  );
  // Consent may have been given while this was on its way: only what can be changed here is taken over.
  if (me.value) me.value = { ...me.value, name, language, time_zone, show_on_leaderboard };
}

export async function chooseLanguage(code: string): Promise<void> {
  await speak(code);
  if (language.value === code) await change({ language: code });
}

export async function refreshMe(): Promise<void> {
  me.value = await untilAnswered(() => answerTo(server.GET("/api/v1/me")));
}

/** Agrees to the version that the player has read; where it is outdated, the newer one must be read first. */
export async function consent(): Promise<void> {
  const version = me.value?.consent.required_version ?? 1;
  await untilAnswered(() => answerTo(server.PUT("/api/v1/me/consent", { body: { version } })));
  granted(version);
}

export function granted(granted_version: number | null): void {
  if (me.value) me.value = { ...me.value, consent: { ...me.value.consent, granted_version } };
}
