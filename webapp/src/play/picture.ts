/** The pictures of this game, fetched with the token and held as blobs: an <img> cannot carry a token. */
import { signal } from "@preact/signals";
import { answerTo, type Round, server } from "../api/client";
import { untilAnswered } from "../api/connection";

export type Picture = { state: "loading" } | { state: "failed" } | { state: "shown"; url: string };

export const picture = signal<Picture>({ state: "loading" });
/** By position, for the result's debrief; what a reload forgot is simply not shown there. */
export const seen = new Map<number, string>();

export function forgetPictures(): void {
  for (const url of seen.values()) URL.revokeObjectURL(url);
  seen.clear();
}

export async function showPicture(round: Round, scope: AbortSignal): Promise<void> {
  const known = seen.get(round.position);
  picture.value = known ? { state: "shown", url: known } : { state: "loading" };
  if (known) return;
  const params = { path: { round_id: round.id } };
  const load = () => answerTo(server.GET("/api/v1/rounds/{round_id}/image", { params, parseAs: "blob" }));
  try {
    const blob = await untilAnswered(load, { scope });
    if (scope.aborted) return;
    const url = URL.createObjectURL(blob as unknown as Blob);
    seen.set(round.position, url);
    picture.value = { state: "shown", url };
  } catch {
    if (!scope.aborted) picture.value = { state: "failed" };
  }
}
