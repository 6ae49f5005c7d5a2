/** What can go wrong between the page and the server. */

/** No answer came: whether the call arrived is unknown, and every call may be repeated. */
export class ConnectionLost extends Error {}

/** The server refused, by RFC 9457. `code` is stable; `retryAfterSeconds` is null where it named no time. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly retryAfterSeconds: number | null;

  constructor(status: number, code: string, detail: string, retryAfterSeconds: number | null = null) {
    super(detail);
    this.status = status;
    this.code = code;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

function textIn(body: unknown, name: string): string {
  const value = body !== null && typeof body === "object" ? (body as Record<string, unknown>)[name] : null;
  return typeof value === "string" ? value : "";
}

export function problemOf(body: unknown, response: Response): Problem {
  const seconds = Number(response.headers.get("Retry-After") ?? Number.NaN);
  return new Problem(
    response.status,
    textIn(body, "code") || `http_${response.status}`,
    textIn(body, "detail"),
    Number.isFinite(seconds) ? seconds : null,
  );
}

export function isProblem(error: unknown, ...codes: string[]): error is Problem {
  return error instanceof Problem && (codes.length === 0 || codes.includes(error.code));
}

export function isBusy(error: unknown): error is Problem {
  return isProblem(error, "model_busy");
}
