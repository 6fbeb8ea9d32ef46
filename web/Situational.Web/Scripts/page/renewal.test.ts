import { expect, it, vi } from "vitest";
import { Renewal } from "./renewal";

it("loads the page anew only when the script has another version", async () => {
  vi.spyOn(console, "info").mockImplementation(() => {});
  const answers = [new Response(null, { headers: { ETag: '"1"' } }), new Response(null, { headers: { ETag: '"1"' } }),
    new Response(null, { status: 503 }), new TypeError("offline"), new Response(null, { headers: { ETag: '"2"' } })];
  const reload = vi.fn();
  const renewal = new Renewal("/wall.js", reload, () => {
    const answer = answers.shift();
    return answer instanceof Response ? Promise.resolve(answer) : Promise.reject(answer ?? new Error("no more"));
  });
  for (let n = 0; n < 4; n++) await renewal.check();
  expect(reload).not.toHaveBeenCalled();
  await renewal.check();
  expect(reload).toHaveBeenCalledOnce();
});
