import { describe, expect, it } from "vitest";
import { snapshot } from "../feed/frames.testing";
import { HttpPast, lines, type PastError } from "./source";
import { rangeOf } from "./span";

const never = new AbortController().signal;

function bodyOf(...chunks: string[]): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(encoder.encode(chunk));
      controller.close();
    },
  });
}

function answering(status: number, body: unknown, headers: Record<string, string> = {}): { past: HttpPast; asked: URL[] } {
  const asked: URL[] = [];
  const past = new HttpPast((input) => {
    asked.push(new URL(String(input)));
    return Promise.resolve(new Response(typeof body === "string" ? body : JSON.stringify(body), { status, headers }));
  });
  return { past, asked };
}

async function faultOf(work: Promise<unknown>): Promise<PastError> {
  try {
    await work;
  } catch (error) {
    return error as PastError;
  }
  throw new Error("It did not fail.");
}

describe("lines", () => {
  it("puts together what came in pieces", async () => {
    const found: string[] = [];
    for await (const line of lines(bodyOf('{"a":"甲', '"}\n{"b"', ":2}\n", "\n{}"))) found.push(line);
    expect(found).toEqual(['{"a":"甲"}', '{"b":2}', "{}"]);
  });
});

describe("HttpPast", () => {
  it("asks for a moment of an area, and reads the frame", async () => {
    const { past, asked } = answering(200, snapshot(1));
    const frame = await past.snapshot("440311", 1_000_000_000_123, never);
    expect(frame.kind).toBe("snapshot");
    expect(asked[0]!.pathname).toBe("/api/v1/history");
    expect(asked[0]!.searchParams.get("at")).toBe("2001-09-09T01:46:40.123Z");
    expect(asked[0]!.searchParams.get("area")).toBe("440311");
  });

  it("asks for the whole city without an area, and reads frames line by line", async () => {
    const { past, asked } = answering(200, `${JSON.stringify(snapshot(1))}\n${JSON.stringify(snapshot(2))}\n`);
    const revisions: number[] = [];
    for await (const frame of past.play("", 0, 60_000, 3, never)) revisions.push(frame.revision);
    expect(revisions).toEqual([1, 2]);
    expect([...asked[0]!.searchParams.keys()].sort()).toEqual(["frames", "from", "to"]);
  });

  it("reads marks with their times", async () => {
    const { past } = answering(200, {
      area: "1", from: "2026-11-22T00:00:00Z", to: "2026-11-22T01:00:00+00:00", keptSince: "2026-11-20T00:00:00Z", bucketSeconds: 60, buckets: [[1, 0, 2]],
      marks: [[1, "whistle", "c-1", "g1", 2]],
    });
    const marks = await past.marks("", undefined, undefined, never);
    expect(marks).toMatchObject({ from: Date.UTC(2026, 10, 22), to: Date.UTC(2026, 10, 22, 1), keptSince: Date.UTC(2026, 10, 20), bucketMs: 60_000 });
  });

  it.each([
    [400, "range"], [401, "refused"], [403, "refused"], [404, "empty"], [503, "busy"], [500, "away"],
  ])("calls HTTP %i %s", async (status, kind) => {
    const { past } = answering(status, { errors: { at: ["no"] }, keptSince: "2026-11-20T00:00:00Z" }, { "Retry-After": "3" });
    const fault = await faultOf(past.snapshot("", 0, never));
    expect(fault.kind).toBe(kind);
    if (kind === "range") expect(fault.keptSince).toBe(Date.UTC(2026, 10, 20));
    if (kind === "busy") expect(fault.retryMs).toBe(3_000);
  });

  it("says that nobody answers", async () => {
    const past = new HttpPast(() => Promise.reject(new TypeError("offline")));
    expect((await faultOf(past.snapshot("", 0, never))).kind).toBe("away");
  });
});

describe("rangeOf", () => {
  const [since, now] = [0, 7 * 86_400_000];
  it("has the moment in its middle, within what is kept and past", () => {
    expect(rangeOf("kept", 5, since, now)).toEqual({ from: since, to: now });
    expect(rangeOf("hour", 86_400_000, since, now)).toEqual({ from: 86_400_000 - 1_800_000, to: 86_400_000 + 1_800_000 });
    expect(rangeOf("day", 1_000, since, now)).toEqual({ from: 0, to: 86_400_000 });
    expect(rangeOf("day", now - 1, since, now)).toEqual({ from: now - 86_400_000, to: now });
    expect(rangeOf("day", now, now - 60_000, now)).toEqual({ from: now - 60_000, to: now });
  });
});
