import { defineConfig } from "vitest/config";
import { catalogueParts } from "./scripts/catalogues.ts";

export default defineConfig({
  plugins: [catalogueParts()],
  build: {
    // WebViews of phones that are still in people's pockets.
    target: ["chrome100", "safari15"],
    // Telegram's clients cache hard: names carry the content's hash, the page itself is never cached.
    assetsDir: "assets",
    // A data: address would need a wider content security policy.
    assetsInlineLimit: 0,
    modulePreload: false,
    manifest: true,
    // What every screen shares stays in the entry: one file compresses better than three.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: "game", tags: ["$initial"] }] } } },
  },
  server: { proxy: { "/api": process.env.GAP_SERVER ?? "http://127.0.0.1:8000" } },
  // Long enough for a machine that is busy with other things: how fast it is proves nothing.
  test: { include: ["tests/**/*.test.ts"], environment: "node", testTimeout: 120_000, hookTimeout: 120_000 },
});
