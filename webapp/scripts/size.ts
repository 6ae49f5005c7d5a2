/** What a phone must fetch of ours before the first round can be played, gzipped. Fails beyond the budget. */
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const BUDGET_BYTES = 30_000;

interface Chunk {
  file: string;
  css?: string[];
  imports?: string[];
  isEntry?: boolean;
  src?: string;
}

const manifest: Record<string, Chunk> = JSON.parse(readFileSync("dist/.vite/manifest.json", "utf8"));

function filesOf(key: string, seen = new Set<string>()): Set<string> {
  const chunk = manifest[key];
  if (!chunk || seen.has(chunk.file)) return seen;
  seen.add(chunk.file);
  for (const css of chunk.css ?? []) seen.add(css);
  for (const next of chunk.imports ?? []) filesOf(next, seen);
  return seen;
}

const gzipped = (file: string): number => gzipSync(readFileSync(`dist/${file}`), { level: 9 }).length;

const entry = [...filesOf("index.html")];

/** Of files of which one is fetched, the largest. */
function largest(keys: RegExp): string[] {
  const files = Object.keys(manifest)
    .filter((key) => keys.test(key))
    .map((key) => manifest[key]?.file ?? "");
  return files.sort((one, other) => gzipped(other) - gzipped(one)).slice(0, 1);
}

const files = [...entry, ...largest(/i18n\/catalogues\/.*\?first$/)];
let total = 0;
for (const file of files) {
  const bytes = gzipped(file);
  total += bytes;
  process.stdout.write(`${String(bytes).padStart(7)}  ${file}\n`);
}
process.stdout.write(`${String(total).padStart(7)}  before the first round, of ${BUDGET_BYTES} allowed\n`);
if (total > BUDGET_BYTES) process.exit(1);
