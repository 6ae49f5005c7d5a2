/** Fails where src/api/schema.d.ts is not what openapi.json generates. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

const generated = execFileSync(
  "npx",
  ["openapi-typescript", "openapi.json", "--default-non-nullable=false"],
  {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  },
);
if (generated.trim() !== readFileSync("src/api/schema.d.ts", "utf8").trim()) {
  process.stderr.write("src/api/schema.d.ts is stale: npm run generate\n");
  process.exit(1);
}
