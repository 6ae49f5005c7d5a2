import { beforeAll, describe, expect, it, vi } from "vitest";
import { bestLanguage, fill, language, languageCodes, learnTheRest, speak, t } from "../src/i18n/language";
import { moment } from "../src/i18n/moment";

beforeAll(() => {
  vi.stubGlobal("document", { documentElement: { lang: "" } });
});

describe("the language of the page", () => {
  it("is the first that there is a catalogue for", () => {
    expect(languageCodes).toEqual(expect.arrayContaining(["en", "ru"]));
    expect(bestLanguage(["xx-AT", "ru-RU", "en"])).toBe("ru");
    expect(bestLanguage(["xx_BR"])).toBe("en");
    expect(bestLanguage([])).toBe("en");
  });

  it("counts as its speakers do", async () => {
    await speak("ru");
    expect(t("round.time.spoken", { count: 1 })).toBe("Осталась 1 секунда");
    expect(t("round.time.spoken", { count: 3 })).toBe("Осталось 3 секунды");
    expect(t("round.time.spoken", { count: 11 })).toBe("Осталось 11 секунд");
    expect(t("round.time.spoken", { count: 21 })).toBe("Осталась 21 секунда");
    await speak("en");
    expect(t("round.time.spoken", { count: 1 })).toBe("1 second left");
    expect(t("round.time.spoken", { count: 2 })).toBe("2 seconds left");
  });

  it("knows the later screens' texts once they are asked for, in every language from then on", async () => {
    expect(t("how.title")).toBe("");
    await learnTheRest();
    expect(t("how.title")).toBe("How to play");
    await speak("ru");
    expect(t("how.title")).toBe("Как играть");
    expect(document.documentElement.lang).toBe("ru");
  });

  it("stays as it is where there is no such catalogue", async () => {
    const before = language.value;
    await speak("xx");
    expect(language.value).toBe(before);
  });

  it("tells two moments of a day apart, in the form of where the player is", async () => {
    vi.stubGlobal("navigator", { languages: ["en@posix", "en-GB", "en-US"] });
    await speak("en");
    expect(moment("2026-11-25T09:05:00")).toMatch(/^25 Nov 2026.* 09:05$/);
    expect(moment("2026-11-25T19:05:00")).toMatch(/^25 Nov 2026.* 19:05$/);
    await speak("ru");
    expect(moment("2026-11-25T19:05:00")).toMatch(/^25 нояб. 2026.* 19:05$/);
    vi.unstubAllGlobals();
  });

  it("leaves a player's braces alone", () => {
    expect(fill("{name} wins", { name: "{score}" })).toBe("{score} wins");
  });
});
