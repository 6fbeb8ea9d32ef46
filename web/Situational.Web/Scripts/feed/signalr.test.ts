import { HttpError } from "@microsoft/signalr";
import { describe, expect, it } from "vitest";
import { isRefusal, refusalCode } from "./signalr";

const hub = (words: string): Error => new Error(`An error occurred on the server while streaming results. HubException: ${words}`);

describe("isRefusal", () => {
  it.each([
    hub("not-your-area: this identity may not watch that area."),
    new HttpError("no", 401), new HttpError("no", 403),
    new Error("Failed to invoke 'Watch' because user is unauthorized"),
  ])("asks for another ticket after %s", (error) => expect(isRefusal(error)).toBe(true));

  it.each([
    hub("unknown-area: the territory in force has no area of that code; city means the whole city."),
    hub("too-many-channels: this node serves at most 2000 different areas and boxes at once."),
    hub("too-many-connections: one identity may have at most 200 screens at once."),
    new HttpError("no", 503), new Error("WebSocket closed with status code: 1006"), undefined,
  ])("does not after %s", (error) => expect(isRefusal(error)).toBe(false));
});

it("knows by what code a watch was refused", () => {
  expect(refusalCode(hub("unknown-area: the territory in force has no area of that code."))).toBe("unknown-area");
  expect(refusalCode(new Error("WebSocket closed with status code: 1006"))).toBeUndefined();
  expect(refusalCode(undefined)).toBeUndefined();
});
