/** The challenge that a link brought the player here by, until it is taken up or turns out not to fit. */
import { signal } from "@preact/signals";
import { launch } from "../host/detect";

/** Telegram's links carry the code as `c_<code>`, a browser's as `?challenge=<code>`. */
export const challenged = signal(
  launch?.startParam?.match(/^c_(.+)/)?.[1] ?? new URLSearchParams(location.search).get("challenge"),
);
