/** What was typed or pasted, as the server takes it: no control characters, nothing around it. */
export function oneLine(text: string): string {
  return text.replace(/\p{Cc}+/gu, " ").trim();
}
