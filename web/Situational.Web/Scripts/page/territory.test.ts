import { describe, expect, it, vi } from "vitest";
import { readTerritory, TerritorySource } from "./territory";

const area = (code: string, name: string, parent?: string): object =>
  ({ type: "Feature", properties: { code, name, level: "grid", ...(parent ? { parent } : {}) }, geometry: null });
const collection = (over: object = {}): object =>
  ({ type: "FeatureCollection", features: [area("1", "城"), area("2", "格", "1")], ...over });

describe("readTerritory", () => {
  it("knows names, parents and the root", () => {
    const territory = readTerritory(collection(), 3);
    expect(territory.root).toBe("1");
    expect(territory.names.get("2")).toEqual({ name: "格", parent: "1" });
    expect(territory.simulated).toBe(false);
  });

  it("knows an invented city", () => {
    expect(readTerritory(collection({ simulated: true }), 1).simulated).toBe(true);
  });

  it.each([null, 5, {}, { type: "Feature" }])("refuses %j", (value) => {
    expect(() => readTerritory(value, 1)).toThrow(/FeatureCollection/);
  });
});

describe("TerritorySource", () => {
  const answering = (...answers: (Response | Error)[]) => {
    const asked: (string | null)[] = [];
    const source = new TerritorySource("/t", (_input, init) => {
      asked.push(new Headers(init?.headers).get("If-None-Match"));
      const answer = answers.shift();
      return answer instanceof Response ? Promise.resolve(answer) : Promise.reject(answer ?? new Error("no more"));
    });
    return { source, asked };
  };
  const json = (version: number): Response =>
    new Response(JSON.stringify(collection()), { headers: { ETag: `"v${version}"`, "X-Territory-Version": String(version) } });

  it("reads the version in force and asks with its tag the next time", async () => {
    const { source, asked } = answering(json(4), new Response(null, { status: 304 }), new Response(null, { status: 304, headers: { "X-Territory-Version": "5" } }));
    expect(await source.read(3)).toMatchObject({ territory: { version: 4 } });
    expect(await source.read(4)).toEqual({ unchanged: true, version: undefined });
    expect(await source.read(5)).toEqual({ unchanged: true, version: 5 });
    expect(asked).toEqual([null, '"v4"', '"v4"']);
  });

  it("gives up what stalls, also halfway", async () => {
    vi.spyOn(AbortSignal, "timeout").mockImplementation((ms) => {
      expect(ms).toBe(30_000);
      return AbortSignal.abort(new DOMException("too long", "TimeoutError"));
    });
    const source = new TerritorySource("/t", (_input, init) => new Promise((_, reject) => { if (init?.signal?.aborted) reject(init.signal.reason); }));
    expect(await source.read(1)).toEqual({ failed: "too long" });
    vi.restoreAllMocks();
  });

  it("asks for the whole answer again when it could not be used", async () => {
    const { source, asked } = answering(json(4), json(4));
    await source.read(4);
    source.forget();
    expect(await source.read(4)).toMatchObject({ territory: { version: 4 } });
    expect(asked).toEqual([null, null]);
  });

  it("tells no territory from one that cannot be read", async () => {
    const { source } = answering(new Response(null, { status: 404 }), new Response(null, { status: 503 }), new TypeError("offline"), new Response("{}"));
    expect(await source.read(1)).toEqual({ none: true });
    expect(await source.read(1)).toEqual({ failed: "HTTP 503" });
    expect(await source.read(1)).toEqual({ failed: "offline" });
    expect(await source.read(1)).toMatchObject({ failed: expect.stringMatching(/FeatureCollection/) });
  });
});
