/** Friendly names for guests. */
const FIRST = ["Brave", "Calm", "Clever", "Jolly", "Lucky", "Quick", "Quiet", "Sunny"];
const SECOND = ["Falcon", "Fox", "Lynx", "Otter", "Owl", "Panda", "Robin", "Whale"];

const pick = (words: readonly string[]): string => words[Math.floor(Math.random() * words.length)] ?? "";

export function friendlyName(): string {
  return `${pick(FIRST)} ${pick(SECOND)} ${Math.floor(Math.random() * 9000) + 1000}`;
}
