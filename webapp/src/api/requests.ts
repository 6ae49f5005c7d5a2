/** What requests are made of: text as the server takes it, and names for what is sent. */

/** What was typed or pasted, as the server takes it: no control characters, nothing around it. */
export function oneLine(text: string): string {
  return text.replace(/\p{Cc}+/gu, " ").trim();
}

const DIGITS = "10000000-1000-4000-8000-100000000000";

/**
 * A version 4 UUID, also where the page was not served over https and `crypto.randomUUID` is missing: each 0 and 1
 * becomes a random digit, the 8 one of 8 to b.
 */
export function uuid(): string {
  return DIGITS.replace(/[018]/g, (digit) => {
    const [random = 0] = crypto.getRandomValues(new Uint8Array(1));
    return (Number(digit) ^ (random & (15 >> (Number(digit) / 4)))).toString(16);
  });
}
