/**
 * One file a language, cut in two by the build: what is needed before the first round (`?first`), and the rest
 * (`?lazy`), which comes with the screens that need it.
 */
import { readFile } from "node:fs/promises";
import { type Plugin, transformWithOxc } from "vite";

const LAZY = [
  "result.",
  "back.",
  "daily.",
  "jury.",
  "finds.",
  "example.",
  "quest.",
  "board.",
  "profile.",
  "how.",
  "gate.",
  "ended.",
  "leave.",
  "viewer.",
  "refused.",
  "round.enough",
  "round.hint.judge",
  "round.hint.pass",
];
const isLazy = (key: string): boolean => LAZY.some((prefix) => key.startsWith(prefix));

export function catalogueParts(): Plugin {
  return {
    name: "catalogue-parts",
    enforce: "pre",
    async load(id) {
      const [file, part] = id.split("?");
      if (!file?.includes("/i18n/catalogues/") || (part !== "first" && part !== "lazy")) return null;
      this.addWatchFile(file);
      const { code } = await transformWithOxc(await readFile(file, "utf8"), file);
      const { default: texts } = await import(`data:text/javascript,${encodeURIComponent(code)}`);
      const wanted = Object.entries(texts).filter(([key]) => isLazy(key) === (part === "lazy"));
      return { code: `export default ${JSON.stringify(Object.fromEntries(wanted))}`, moduleType: "js" };
    },
  };
}
