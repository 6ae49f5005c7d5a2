/**
 * A countdown to the server's deadline. The phone's clock is never read: what counts is how long is left by the
 * server's clock (`deadline_at - server_now`), run down by the steady `performance.now()`.
 */
import { signal } from "@preact/signals";

const TICK_MS = 200;
const LONGEST_TRIP_MS = 2000;
/** So long the clock waits for the picture, as at the server. */
const HELD_MS = 10_000;

export class Countdown {
  /** Whole seconds to show, 0 or more. */
  readonly seconds = signal(0);
  /** How much of the whole span is left, 0 to 1. */
  readonly share = signal(1);
  readonly running = signal(false);
  readonly #now: () => number;
  readonly #onZero: () => void;
  #endsAt = 0;
  #spanMs = 1;
  #heldUntil = 0;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(onZero: () => void, now: () => number = () => performance.now()) {
    this.#onZero = onZero;
    this.#now = now;
  }

  /**
   * `sentAt` is when the call that brought the times was sent, on this countdown's own clock: the server read its
   * clock about half a round trip before the answer came.
   */
  start(times: { opened_at: string; deadline_at: string; server_now: string }, sentAt: number): void {
    this.#heldUntil = 0;
    const trip = Math.min(this.#now() - sentAt, LONGEST_TRIP_MS);
    const deadline = Date.parse(times.deadline_at);
    this.#endsAt = this.#now() - trip / 2 + deadline - Date.parse(times.server_now);
    this.#spanMs = Math.max(1, deadline - Date.parse(times.opened_at));
    this.running.value = true;
    clearInterval(this.#timer);
    this.#timer = setInterval(() => this.tick(), TICK_MS);
    this.tick();
  }

  /** Stands, just started, while the picture is on its way: the server has the clock start when it is served. */
  hold(): void {
    this.#heldUntil = this.#now() + HELD_MS;
    this.#endsAt += HELD_MS;
  }

  stop(): void {
    clearInterval(this.#timer);
    this.running.value = false;
  }

  tick(): void {
    const heldMs = Math.max(0, this.#heldUntil - this.#now());
    const leftMs = Math.max(0, this.#endsAt - this.#now() - heldMs);
    this.seconds.value = Math.round(leftMs / 1000);
    this.share.value = Math.min(1, leftMs / this.#spanMs);
    if (leftMs === 0 && this.running.value) {
      this.stop();
      this.#onZero();
    }
  }
}

/** 107 becomes "1:47". */
export function minutes(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
