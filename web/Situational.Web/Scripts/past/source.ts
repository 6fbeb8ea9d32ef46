import { type Problem, problemOf } from "../api/http";
import { type EventRow, type Frame, parseFrame } from "../feed";

/** What a time slider shows: `HistoryMarksAnswer` of the API. Times are ms. */
export interface Marks {
  readonly from: number;
  readonly to: number;
  /** The earliest moment that can be shown; undefined when nothing is kept yet. */
  readonly keptSince: number | undefined;
  readonly bucketMs: number;
  /** Reported, ended and come to be overdue, by bucket. */
  readonly buckets: readonly (readonly [reported: number, ended: number, overdue: number])[];
  readonly marks: readonly EventRow[];
}

/** Why the past cannot be shown. `busy`: too many ask at once, and it is worth to ask again. */
export type FaultKind = "empty" | "range" | "refused" | "busy" | "away";

export class PastError extends Error {
  override readonly name = "PastError";

  /** @param keptSince the earliest moment that can be shown, where that is the limit, ms. @param retryMs after which it is worth to ask again. */
  constructor(readonly kind: FaultKind, message: string, readonly keptSince?: number, readonly retryMs = 2_000) {
    super(message);
  }
}

/** Where the past is read; tests bring their own. */
export interface PastSource {
  marks(area: string, from: number | undefined, to: number | undefined, signal: AbortSignal): Promise<Marks>;
  snapshot(area: string, at: number, signal: AbortSignal): Promise<Frame>;
  /** A snapshot of `from`, then so many frames, evenly, up to `to`. */
  play(area: string, from: number, to: number, frames: number, signal: AbortSignal): AsyncIterable<Frame>;
}

const time = (ms: number): string => new Date(ms).toISOString();

/** The past over HTTP, with the cookie of the page. */
export class HttpPast implements PastSource {
  constructor(private readonly fetcher: typeof fetch = (input, init) => fetch(input, init)) {}

  async marks(area: string, from: number | undefined, to: number | undefined, signal: AbortSignal): Promise<Marks> {
    const answer = await this.get("marks", { area, ...(from !== undefined && { from: time(from) }), ...(to !== undefined && { to: time(to) }) }, signal);
    const said = await answer.json() as {
      from: string; to: string; keptSince?: string; bucketSeconds: number; buckets: Marks["buckets"]; marks: Marks["marks"];
    };
    return {
      from: Date.parse(said.from), to: Date.parse(said.to), keptSince: said.keptSince === undefined ? undefined : Date.parse(said.keptSince),
      bucketMs: said.bucketSeconds * 1_000, buckets: said.buckets, marks: said.marks,
    };
  }

  async snapshot(area: string, at: number, signal: AbortSignal): Promise<Frame> {
    return parseFrame(await (await this.get("", { area, at: time(at) }, signal)).json());
  }

  async *play(area: string, from: number, to: number, frames: number, signal: AbortSignal): AsyncIterable<Frame> {
    const answer = await this.get("play", { area, from: time(from), to: time(to), frames: String(frames) }, signal);
    if (!answer.body) throw new PastError("away", "The answer has no body.");
    for await (const line of lines(answer.body)) yield parseFrame(JSON.parse(line));
  }

  private async get(path: string, query: Record<string, string>, signal: AbortSignal): Promise<Response> {
    const url = new URL(`api/v1/history${path === "" ? "" : `/${path}`}`, document.baseURI);
    for (const [name, value] of Object.entries(query)) if (value !== "") url.searchParams.set(name, value);
    let answer: Response;
    try {
      answer = await this.fetcher(url, { cache: "no-store", credentials: "same-origin", signal });
    } catch (error) {
      if (signal.aborted) throw error;
      throw new PastError("away", error instanceof Error ? error.message : String(error));
    }
    if (answer.ok) return answer;
    throw faultOf(await problemOf(answer));
  }
}

function faultOf(problem: Problem): PastError {
  const words = Object.values(problem.errors).flat()[0] ?? (problem.detail || problem.title || `HTTP ${problem.status}`);
  const since = typeof problem.said["keptSince"] === "string" ? Date.parse(problem.said["keptSince"]) : undefined;
  switch (problem.status) {
    case 400: return new PastError("range", words, since);
    case 401: case 403: return new PastError("refused", words);
    case 404: return new PastError("empty", words);
    case 503: return new PastError("busy", words, undefined, (problem.retryAfter ?? 2) * 1_000);
    default: return new PastError("away", words);
  }
}

/** The lines of a body as they come; the last one need not end. */
export async function* lines(body: ReadableStream<Uint8Array>): AsyncIterable<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      rest += done ? decoder.decode() : decoder.decode(value, { stream: true });
      const whole = rest.split("\n");
      rest = whole.pop() ?? "";
      for (const line of whole) if (line !== "") yield line;
      if (done) break;
    }
    if (rest !== "") yield rest;
  } finally {
    // Who stops halfway wants no more of it.
    await reader.cancel().catch(() => undefined);
  }
}
