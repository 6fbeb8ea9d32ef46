import { describe, expect, it } from "vitest";
import type { Link } from "../feed";
import { ServerClock } from "../feed";
import { standingOf } from "./standing";

const clockAt = (at: number, now: number): ServerClock => {
  const clock = new ServerClock();
  clock.heard(at, now);
  return clock;
};
const feed = (link: Link, heardAt: number, clock = new ServerClock()) => ({ picture: undefined, link, heardAt, clock });

describe("standingOf", () => {
  it("is starting until the silence limit has passed, then not live", () => {
    expect(standingOf(feed("connecting", 0), undefined, 5_999, 6_000)).toEqual({ state: "starting" });
    expect(standingOf(feed("connecting", 0), undefined, 6_000, 6_000)).toMatchObject({ state: "lost", since: undefined });
  });

  it("is live with the age of the picture", () => {
    const clock = clockAt(1_000_000, 100);
    expect(standingOf(feed("watching", 100, clock), { at: 1_000_000, trouble: [] }, 500, 6_000)).toEqual({ state: "live", ageMs: 400 });
  });

  it("is degraded when the server says so, and names it", () => {
    const trouble = [{ code: "silo-silent", detail: "" }];
    expect(standingOf(feed("watching", 100, clockAt(1_000_000, 100)), { at: 1_000_000, trouble }, 500, 6_000)).toMatchObject({ state: "degraded", trouble, reconnecting: false });
  });

  it("does not call a picture live whose socket is gone", () => {
    expect(standingOf(feed("waiting", 100, clockAt(1_000_000, 100)), { at: 1_000_000, trouble: [] }, 500, 6_000)).toMatchObject({ state: "degraded", reconnecting: true });
  });

  it("is not live after the limit, since the time of the picture", () => {
    expect(standingOf(feed("watching", 100, clockAt(1_000_000, 100)), { at: 1_000_000, trouble: [] }, 6_100, 6_000)).toEqual({ state: "lost", since: 1_000_000, ageMs: 6_000 });
  });

  it("is not live when frames come but are old", () => {
    const clock = clockAt(1_000_000, 100);
    clock.heard(1_000_500, 9_000);
    expect(standingOf(feed("watching", 9_000, clock), { at: 1_000_500, trouble: [] }, 9_000, 6_000)).toMatchObject({ state: "lost", since: 1_000_500, ageMs: 8_400 });
  });

  it("says refused however fresh the picture is", () => {
    expect(standingOf(feed("refused", 100, clockAt(1_000_000, 100)), { at: 1_000_000, trouble: [] }, 200, 6_000)).toMatchObject({ state: "refused", since: 1_000_000 });
  });
});
