import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Countdown, minutes } from "../src/play/clock";

const OPENED = Date.parse("2031-05-05T12:00:00Z");
const instant = (ms: number) => new Date(OPENED + ms).toISOString();
const times = (nowMs: number, deadlineMs = 120_000) => ({
  opened_at: instant(0),
  server_now: instant(nowMs),
  deadline_at: instant(deadlineMs),
});

let steadyMs = 0;
let ended = 0;
let clock: Countdown;

const pass = (ms: number) => {
  steadyMs += ms;
  clock.tick();
};

beforeEach(() => {
  vi.useFakeTimers();
  steadyMs = 5000;
  ended = 0;
  clock = new Countdown(
    () => ended++,
    () => steadyMs,
  );
});

afterEach(() => {
  clock.stop();
  vi.useRealTimers();
});

describe("the countdown", () => {
  it("stands while the picture is on its way, ten seconds at most", () => {
    clock.start(times(0), steadyMs);
    clock.hold();
    pass(7000);
    expect(clock.seconds.value).toBe(120);
    pass(8000);
    expect(clock.seconds.value).toBe(115);
    clock.start(times(15_000, 130_000), steadyMs); // the picture is here, and the server says what is left
    pass(1000);
    expect(clock.seconds.value).toBe(114);
  });

  it("counts by the server's clock, whatever the phone's says", () => {
    vi.setSystemTime(OPENED - 3_600_000);
    clock.start(times(0), steadyMs);
    expect(clock.seconds.value).toBe(120);
    vi.setSystemTime(OPENED + 3_600_000);
    pass(13_000);
    expect(clock.seconds.value).toBe(107);
    expect(clock.share.value).toBeCloseTo(107 / 120);
  });

  it("takes half of the round trip for the answer's way back", () => {
    clock.start(times(0), steadyMs - 3000);
    pass(0);
    expect(clock.seconds.value).toBe(119); // of a trip beyond 2 s no more than 1 s is believed
  });

  it("is never more than half a second off", () => {
    clock.start(times(0), steadyMs);
    for (let left = 120_000; left > 300; left -= 300) {
      expect(Math.abs(clock.seconds.value * 1000 - left)).toBeLessThanOrEqual(500);
      pass(300);
    }
  });

  it("ends once, at zero", () => {
    clock.start(times(110_000), steadyMs);
    pass(9_999);
    expect(ended).toBe(0);
    pass(1);
    pass(5000);
    expect(ended).toBe(1);
    expect(clock.running.value).toBe(false);
    expect(clock.seconds.value).toBe(0);
  });

  it("goes on where time was given back", () => {
    clock.start(times(110_000), steadyMs);
    pass(10_000);
    clock.start(times(120_000, 135_000), steadyMs);
    expect(clock.running.value).toBe(true);
    expect(clock.seconds.value).toBe(15);
  });
});

describe("the digits", () => {
  it("are minutes and seconds", () => {
    expect([120, 107, 60, 9, 0].map(minutes)).toEqual(["2:00", "1:47", "1:00", "0:09", "0:00"]);
  });
});
