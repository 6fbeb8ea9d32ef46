import { describe, expect, it } from "vitest";
import { Badge } from "./badge";
import { Texts } from "./texts";

const page = (): HTMLElement => {
  const root = document.createElement("main");
  root.innerHTML = `<dl data-part="figures"></dl><p data-part="alarm" hidden><b data-part="alarm-words"></b><i data-part="alarm-detail"></i></p>
    <svg><use data-part="badge-sign"></use></svg><span data-part="badge-words"></span><span data-part="badge-age"></span>`;
  return root;
};
const texts = new Texts("en", "UTC");
const words = (root: HTMLElement, name: string): string => root.querySelector(`[data-part="${name}"]`)?.textContent ?? "";
const at = Date.UTC(2026, 0, 1, 14, 3, 10);

describe("Badge", () => {
  it("shows the age of a live picture", () => {
    const root = page();
    new Badge(root, texts).show({ state: "live", ageMs: 400 });
    expect(root.dataset["state"]).toBe("live");
    expect(words(root, "badge-words")).toBe("Live");
    expect(words(root, "badge-age")).toBe("0.4 s");
  });

  it("names the trouble, also one it has no words for", () => {
    const root = page();
    const badge = new Badge(root, texts);
    badge.show({ state: "degraded", ageMs: 400, reconnecting: false, trouble: [{ code: "store-away", detail: "" }] });
    expect(words(root, "badge-words")).toBe("Degraded · Storage away, reports refused");
    badge.show({ state: "degraded", ageMs: 400, reconnecting: false, trouble: [{ code: "new-trouble", detail: "" }] });
    expect(words(root, "badge-words")).toBe("Degraded · Trouble: new-trouble");
    badge.show({ state: "degraded", ageMs: 400, reconnecting: false, trouble: [{ code: "grids-unread", detail: "3/120" }] });
    expect(words(root, "badge-words")).toBe("Degraded · History of some grids not read (3/120)");
    badge.show({ state: "degraded", ageMs: 400, reconnecting: false, trouble: [{ code: "silo-silent", detail: "silo-1.example:11111" }] });
    expect(words(root, "badge-words")).toBe("Degraded · A server node is silent");
    expect(badge.troubleWords({ code: "silo-silent", detail: "silo-1.example:11111" })).toBe("A server node is silent (silo-1.example:11111)");
    badge.show({ state: "degraded", ageMs: 400, reconnecting: true, trouble: [] });
    expect(words(root, "badge-words")).toBe("Reconnecting");
  });

  it("says since when it is not live, in place of figures that may be wrong", () => {
    const root = page();
    const badge = new Badge(root, texts);
    badge.show({ state: "lost", since: at, ageMs: 37_400 });
    expect(words(root, "alarm-words")).toBe("Not live · since 14:03:10");
    expect(words(root, "alarm-detail")).toBe("The picture stopped 37 s ago; reconnecting by itself");
    expect(root.querySelector<HTMLElement>("[data-part=figures]")?.hidden).toBe(true);
    expect(words(root, "badge-age")).toBe("");
    badge.show({ state: "live", ageMs: 0 });
    expect(root.querySelector<HTMLElement>("[data-part=alarm]")?.hidden).toBe(true);
    expect(root.querySelector<HTMLElement>("[data-part=figures]")?.hidden).toBe(false);
  });

  it("says that the area it watches is gone, and what to do", () => {
    const root = page();
    new Badge(root, texts).show({ state: "lost", since: at, ageMs: 8_000, fault: "unknown-area" });
    expect(words(root, "alarm-words")).toBe("Area gone · since 14:03:10");
    expect(words(root, "alarm-detail")).toMatch(/not part of the territory any more/);
    new Badge(root, texts).show({ state: "lost", since: at, ageMs: 8_000, fault: "too-many-channels" });
    expect(words(root, "alarm-words")).toBe("Not live · since 14:03:10");
  });

  it("says how to get a new link when the ticket has ended", () => {
    const root = page();
    new Badge(root, texts).show({ state: "refused", since: undefined, ageMs: 0 });
    expect(words(root, "alarm-words")).toBe("Access ended · no picture received yet");
    expect(words(root, "alarm-detail")).toMatch(/new wall link/);
  });
});
