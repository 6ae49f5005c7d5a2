import { beforeAll, describe, expect, it, vi } from "vitest";
import type { Outcome, Result, RoundResult } from "../src/api/client";
import { oneLine, uuid } from "../src/api/requests";
import { learnTheRest, speak } from "../src/i18n/language";
import { moment } from "../src/i18n/moment";
import { shareText } from "../src/parts/share-text";
import { fitted, zoomed } from "../src/parts/zoom";

const round = (position: number, outcome: Outcome) =>
  ({ position, outcome, question: "Is it Anna's?", answer: "No" }) as RoundResult;

describe("the share text", () => {
  const result: Result = {
    session_id: "s",
    state: "finished",
    score: 20,
    max_score: 100,
    caught: 1,
    sharpness: { before: 0, after: 10 },
    kind: "free",
    number: null,
    challenge_code: null,
    opponents: [],
    rounds: [round(1, "caught"), round(2, "fooled"), round(3, "accused"), round(4, "trusted")],
  };

  beforeAll(async () => {
    vi.stubGlobal("document", { documentElement: { lang: "" } });
    await speak("en");
    await learnTheRest();
  });

  it("is the score, a square a picture and the streak, and spoils nothing", () => {
    expect(shareText(result, 3)).toBe("Catch the Lie · 20/100\n🟩🟥🟨🟦\n🔥 Streak: 3 days");
  });

  it("is silent about a streak that is none", () => {
    expect(shareText(result, 1)).toBe("Catch the Lie · 20/100\n🟩🟥🟨🟦");
  });
});

describe("a question's name", () => {
  it("is a UUID, also on a page without https", () => {
    const pattern = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
    expect(uuid()).toMatch(pattern);
    vi.stubGlobal("crypto", { getRandomValues: (bytes: Uint8Array) => bytes.fill(255) });
    expect(uuid()).toMatch(pattern);
    vi.unstubAllGlobals();
  });
});

describe("what was typed", () => {
  it("is sent on one line, without control characters", () => {
    expect(oneLine("  how\tmany\r\n cats?\u0000 ")).toBe("how many  cats?");
  });
});

describe("the enlarged picture", () => {
  const stage = { width: 400, height: 800 };

  it("grows around the fingers", () => {
    expect(zoomed(fitted, 2, { x: 100, y: 0 }, stage)).toEqual({ zoom: 2, x: -100, y: 0 });
  });

  it("never leaves the stage, and never gets smaller than it", () => {
    expect(zoomed({ zoom: 2, x: 999, y: -9999 }, 1, { x: 0, y: 0 }, stage)).toEqual({
      zoom: 2,
      x: 200,
      y: -400,
    });
    expect(zoomed({ zoom: 2, x: 200, y: 0 }, 0.1, { x: 0, y: 0 }, stage)).toEqual({ zoom: 1, x: 0, y: 0 });
    expect(zoomed(fitted, 99, { x: 0, y: 0 }, stage).zoom).toBe(6);
  });
});

describe("a date", () => {
  it.each([
    [["en"], /^24 Nov 2026/],
    [["de-DE", "en"], /^24 Nov 2026/],
    [["en-US"], /^Nov 24, 2026/],
    [["en-GB"], /^24 Nov 2026/],
  ])("of %s is as it is written there", async (languages, form) => {
    vi.stubGlobal("document", { documentElement: { lang: "" } });
    vi.stubGlobal("navigator", { languages });
    await speak("en");
    expect(moment("2026-11-24T12:00:00Z")).toMatch(form);
  });
});
