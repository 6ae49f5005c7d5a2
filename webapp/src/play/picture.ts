/** The pictures of this game, fetched with the token and held as blobs: an <img> cannot carry a token. */
import { signal } from "@preact/signals";
import { answerTo, type Round, server } from "../api/client";
import { untilAnswered } from "../api/connection";

export type Picture = { state: "loading" } | { state: "failed" } | { state: "shown"; url: string };

export const picture = signal<Picture>({ state: "loading" });
/** By the round's id. */
export const seen = signal<Readonly<Record<string, string>>>({});

export function forgetPictures(): void {
  Object.values(seen.value).map(URL.revokeObjectURL);
  seen.value = {};
}

/** Fetches the round's picture where it is not yet among the `seen`. */
export async function see(roundId: string, scope: AbortSignal): Promise<void> {
  if (seen.value[roundId]) return;
  const params = { path: { round_id: roundId } };
  const load = () => answerTo(server.GET("/api/v1/rounds/{round_id}/image", { params, parseAs: "blob" }));
  const blob = await untilAnswered(load, { scope });
  if (scope.aborted) return;
  seen.value = { ...seen.value, [roundId]: URL.createObjectURL(blob as unknown as Blob) };
}

export async function showPicture({ id }: Round, scope: AbortSignal): Promise<void> {
  picture.value = { state: "loading" };
  try {
    await see(id, scope);
    const url = seen.value[id];
    if (!scope.aborted && url) picture.value = { state: "shown", url };
  } catch {
    if (!scope.aborted) picture.value = { state: "failed" };
  }
}
