import { describe, expect, it } from "vitest";
import { readLaunch } from "../src/host/launch";

const user = JSON.stringify({ id: 1, first_name: "A+B & Ж", language_code: "ru" });
const initData = new URLSearchParams({ user, auth_date: "1", hash: "ff" }).toString();
const hash = `#${new URLSearchParams({
  tgWebAppData: initData,
  tgWebAppVersion: "8.0",
  tgWebAppThemeParams: JSON.stringify({ bg_color: "#112233" }),
})}`;

const storing = (text: string | null) => ({ getItem: () => text }) as unknown as Storage;

describe("the launch", () => {
  it("is read from the address alone, and the signed data is left as it is", () => {
    expect(readLaunch(hash, null)).toEqual({
      initData,
      theme: { bg_color: "#112233" },
      language: "ru",
      startParam: null,
    });
  });

  it("tells what the link carried", () => {
    expect(readLaunch(`${hash}&tgWebAppStartParam=c_0123456789ab`, null)?.startParam).toBe("c_0123456789ab");
  });

  it("survives a reload without its hash, by what Telegram's script kept", () => {
    const kept = JSON.stringify({ tgWebAppData: initData, tgWebAppVersion: "8.0" });
    expect(readLaunch("", storing(kept))?.initData).toBe(initData);
  });

  it("is nothing in a plain browser", () => {
    expect(readLaunch("", storing(null))).toBeNull();
    expect(readLaunch("#section", storing("{broken"))).toBeNull();
  });

  it("knows a button that signs nothing", () => {
    expect(readLaunch("#tgWebAppVersion=8.0&tgWebAppData=", null)?.initData).toBeNull();
  });

  it("is not broken by broken parameters", () => {
    expect(readLaunch("#tgWebAppData=user%3D%257B&tgWebAppThemeParams=%5B", null)).toEqual({
      initData: "user=%7B",
      theme: {},
      language: null,
      startParam: null,
    });
  });
});
