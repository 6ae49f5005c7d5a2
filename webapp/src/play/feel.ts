/** What a moment feels like: the phone hums where it can, and sounds where the player wanted that. */
import { type Haptic, host } from "../host/host";
import { recall } from "../host/memory";

export function feel(kind: Haptic): void {
  host().haptic(kind);
  if (recall("sound")) void import("../parts/sound").then(({ sound }) => sound(kind)).catch(() => undefined);
}
