import { describe, expect, it } from "vitest";
import { ask, newKey } from "./http";

const answer = (status: number, body: unknown, headers: Record<string, string> = {}): typeof fetch =>
  () => Promise.resolve(new Response(body === undefined ? null : typeof body === "string" ? body : JSON.stringify(body), { status, headers }));

describe("ask", () => {
  it("hands over the value and its tag", async () => {
    expect(await ask("x", {}, answer(200, { n: 1 }, { ETag: "\"4\"" }))).toEqual({ kind: "ok", value: { n: 1 }, etag: "\"4\"", status: 200 });
  });

  it("tells the fault of each field, and everything else that was said", async () => {
    const outcome = await ask("x", {}, answer(412, { title: "t", detail: "d", errors: { note: ["Too long.", 7] }, case: { id: "c-1" } }, { "Retry-After": "5" }));
    expect(outcome).toMatchObject({ kind: "refused", problem: { status: 412, title: "t", detail: "d", errors: { note: ["Too long."] }, retryAfter: 5, said: { case: { id: "c-1" } } } });
  });

  it("takes a proxy's page for a refusal without words", async () => {
    expect(await ask("x", {}, answer(502, "<html>"))).toMatchObject({ kind: "refused", problem: { status: 502, title: "", detail: "", errors: {}, retryAfter: undefined } });
  });

  it("does not know what became of a request that nobody answered", async () => {
    expect(await ask("x", { method: "POST", body: {} }, () => Promise.reject(new TypeError("Failed to fetch")))).toEqual({ kind: "unreachable", why: "Failed to fetch" });
  });

  it("sends revision and key with a write", async () => {
    let sent: RequestInit | undefined;
    await ask("x", { method: "POST", body: { a: 1 }, key: "k", ifMatch: "\"3\"" }, (_, init) => {
      sent = init;
      return answer(200, {})("");
    });
    expect(sent).toMatchObject({ method: "POST", body: "{\"a\":1}", credentials: "same-origin", headers: { "Idempotency-Key": "k", "If-Match": "\"3\"", "Content-Type": "application/json" } });
  });
});

describe("newKey", () => {
  it("is a key the server takes, another one each time", () => {
    expect(newKey()).toMatch(/^[0-9a-f]{32}$/);
    expect(newKey()).not.toBe(newKey());
  });
});
