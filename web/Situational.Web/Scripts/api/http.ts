/** What the server says about a request that it refused: RFC 9457, with the fault of each field. */
export interface Problem {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  /** Faults by field. */
  readonly errors: Readonly<Record<string, readonly string[]>>;
  /** Everything that was said, such as `case` and `lastStep` where a step was refused because the case had changed. */
  readonly said: Readonly<Record<string, unknown>>;
  /** Seconds after which it is worth to ask again. */
  readonly retryAfter: number | undefined;
}

/** How a request ended. `unreachable`: no answer came, and nobody knows whether it was carried out. */
export type Outcome<Value> =
  | { readonly kind: "ok"; readonly value: Value; readonly etag: string | undefined; readonly status: number }
  | { readonly kind: "refused"; readonly problem: Problem }
  | { readonly kind: "unreachable"; readonly why: string };

export interface Ask {
  readonly method?: "GET" | "POST" | "DELETE";
  /** Sent as JSON; a file is sent as it is. */
  readonly body?: unknown;
  /** For a write: the same key again is answered with the first result. */
  readonly key?: string;
  /** The revision that the writer saw. */
  readonly ifMatch?: string;
  /** The revision that the reader has: the same again is refused with 304. */
  readonly unless?: string | undefined;
  readonly signal?: AbortSignal;
}

const longestMs = 20_000;
/** A photo may have 8 MiB. */
const longestFileMs = 120_000;

/** Asks the API of the server that served the page, with its cookie. Never throws but for an abort by the caller. */
export async function ask<Value>(path: string, { method = "GET", body, key, ifMatch, unless, signal }: Ask = {}, fetcher: typeof fetch = (input, init) => fetch(input, init)): Promise<Outcome<Value>> {
  const headers: Record<string, string> = { Accept: "application/json, application/problem+json" };
  const isFile = body instanceof Blob;
  if (body !== undefined) headers["Content-Type"] = isFile ? body.type || "application/octet-stream" : "application/json";
  if (key !== undefined) headers["Idempotency-Key"] = key;
  if (ifMatch !== undefined) headers["If-Match"] = ifMatch;
  if (unless !== undefined) headers["If-None-Match"] = unless;
  const limit = AbortSignal.timeout(isFile ? longestFileMs : longestMs);
  try {
    const answer = await fetcher(new URL(path, document.baseURI), {
      method, headers, cache: "no-store", credentials: "same-origin",
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
      ...(body === undefined ? {} : { body: isFile ? body : JSON.stringify(body) }),
    });
    if (!answer.ok) return { kind: "refused", problem: await problemOf(answer) };
    const value = answer.status === 204 ? undefined : await answer.json() as unknown;
    return { kind: "ok", value: value as Value, etag: answer.headers.get("ETag") ?? undefined, status: answer.status };
  } catch (error) {
    if (signal?.aborted) throw error;
    return { kind: "unreachable", why: error instanceof Error ? error.message : String(error) };
  }
}

export async function problemOf(answer: Response): Promise<Problem> {
  let said: Record<string, unknown> = {};
  try {
    const parsed: unknown = await answer.json();
    if (typeof parsed === "object" && parsed !== null) said = parsed as Record<string, unknown>;
  } catch {
    // A proxy's page or nothing at all: the status is what there is.
  }
  const text = (name: string): string => typeof said[name] === "string" ? said[name] : "";
  const errors: Record<string, readonly string[]> = {};
  if (typeof said["errors"] === "object" && said["errors"] !== null)
    for (const [field, faults] of Object.entries(said["errors"]))
      errors[field] = Array.isArray(faults) ? faults.filter((fault): fault is string => typeof fault === "string") : [];
  const after = Number(answer.headers.get("Retry-After") ?? NaN);
  return {
    status: answer.status, title: text("title"), detail: text("detail"), errors,
    said,
    retryAfter: Number.isFinite(after) ? after : undefined,
  };
}

/** 128 random bits in hexadecimal, as an idempotency key; `crypto.randomUUID` is there over HTTPS alone, and an office network may have none. */
export function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
