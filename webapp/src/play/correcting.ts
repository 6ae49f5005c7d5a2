import { answerTo, server } from "../api/client";
import { untilAnswered } from "../api/connection";

/** The right answer to what was flagged, as the player knows it. Raises Problem. */
export async function correct(roundId: string, text: string): Promise<void> {
  const params = { path: { round_id: roundId } };
  const call = () => answerTo(server.PUT("/api/v1/rounds/{round_id}/correction", { params, body: { text } }));
  await untilAnswered(call);
}
