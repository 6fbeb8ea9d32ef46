import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { PageState } from "../desk/state";
import { Places } from "../page/places";
import { Texts } from "../page/texts";
import { readTerritory } from "../page/territory";
import { square } from "../map/canvas.testing";
import type { CoverageAnswer } from "./answer";
import { Coverage } from "./coverage";

const answerOf = (area: string, cadence: string, shares: Record<string, number[]>): CoverageAnswer => ({
  area, cadence: cadence as "daily", asOf: "2026-11-22T08:14:05Z", periods: ["2026-11-22", "2026-11-21"], shares: [0.4, 0.8],
  grids: Object.entries(shares).map(([code, of]) => ({ code, name: `Grid ${code}`, shares: of })),
});

let root: HTMLElement;
let asked: string[];
let answer: (url: URL) => Response;
let area = "";
let state: PageState;
let coverage: Coverage | undefined;
const said: string[] = [];

beforeEach(() => {
  vi.useFakeTimers();
  history.replaceState(null, "", "/patrol");
  root = document.createElement("section");
  document.body.append(root);
  asked = [];
  said.length = 0;
  area = "";
  answer = (url) => Response.json(answerOf(area, url.searchParams.get("cadence") ?? "", { a: [0, 0.2], b: [0, 1], c: [0.5, 0] }));
});
afterEach(() => {
  coverage?.close();
  root.remove();
  vi.useRealTimers();
});

async function open(): Promise<void> {
  const texts = new Texts("en", "UTC");
  const places = new Places(texts);
  places.territory = readTerritory({ type: "FeatureCollection", features: [square("city", "city", 30, 120, 1), square("grid", "a", 30, 120, 0.1, "city")] }, 1);
  state = new PageState(window);
  coverage = new Coverage(root, {
    texts, places, state, area: () => area, announce: (words) => said.push(words),
    fetcher: async (input) => {
      asked.push(String(input).replace(/^.*\/api\/v1\//, ""));
      return answer(new URL(String(input)));
    },
  });
  await settle();
}

async function settle(ms = 0): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
}

const text = (name: string): string => root.querySelector(`.${name}`)?.textContent ?? "";
const codes = (): (string | undefined)[] => [...root.querySelectorAll<HTMLElement>(".coverage-row")].map((row) => row.dataset["code"]);

it("shows what is not walked today before anything else", async () => {
  await open();
  expect(asked).toEqual(["coverage?cadence=daily&periods=14"]);
  expect(text("coverage-summary")).toBe("Today: 2 of 3 grids not walked yet, 40 % walked in all");
  expect(text("coverage-notice")).toContain("08:14:05");
  expect(codes()).toEqual(["a", "b", "c"]);
  expect(root.dataset["state"]).toBe("ready");
});

it("asks for the area and the cadence of the address, and again when either is another", async () => {
  history.replaceState(null, "", "/patrol?cadence=monthly");
  area = "s1";
  await open();
  expect(asked).toEqual(["coverage?cadence=monthly&periods=12&area=s1"]);
  const daily = root.querySelectorAll<HTMLInputElement>("input[type=radio]")[0]!;
  daily.click();
  await settle();
  area = "s2";
  await settle(1_000);
  expect(asked.slice(1)).toEqual(["coverage?cadence=daily&periods=14&area=s1", "coverage?cadence=daily&periods=14&area=s2"]);
  expect(location.search).toBe("");
});

it("shows only gaps when it is asked to, and says when there are none", async () => {
  await open();
  root.querySelectorAll<HTMLInputElement>("input[type=checkbox]")[0]!.click();
  expect(codes()).toEqual(["a", "b"]);
  expect(location.search).toBe("?gaps=1");
  answer = () => Response.json(answerOf("", "daily", { a: [0.1, 0], b: [1, 1] }));
  await settle(30_000);
  expect(root.querySelector(".coverage-matrix")?.hasAttribute("hidden")).toBe(true);
  expect(text("coverage-state-words")).toBe("Somebody has been in every grid.");
});

it("keeps what it has when the server is away, says so, and goes on by itself", async () => {
  await open();
  answer = () => new Response("{}", { status: 503 });
  await settle(30_000);
  expect(codes()).toEqual(["a", "b", "c"]);
  expect(text("coverage-notice")).toBe("The coverage cannot be read; trying again. Shown as of 08:14:05.");
  answer = () => Response.json(answerOf("", "daily", { c: [0.5, 0] }));
  await settle(10_000);
  expect(codes()).toEqual(["c"]);
  expect(text("coverage-notice")).not.toContain("cannot");
});

it.each([[503, "failed", true], [404, "none", false], [403, "refused", false]])("says from the beginning that there is nothing to show: %d", async (status, kind, again) => {
  answer = () => new Response("{}", { status });
  await open();
  expect(root.dataset["state"]).toBe(kind);
  expect(root.querySelector(".coverage-state .button")?.hasAttribute("hidden")).toBe(!again);
});

it("lets the address carry the chosen grid and day, and tells who listens", async () => {
  await open();
  root.querySelectorAll<HTMLElement>("[data-code=a] .coverage-cell")[1]!.click();
  expect(location.search).toBe("?grid=a&period=2026-11-21");
  expect(text("coverage-chosen-words")).toBe("名a · 11/21 Sat · 20 % walked");
  expect(said).toEqual(["名a · 11/21 Sat · 20 % walked"]);
  root.querySelector<HTMLElement>(".coverage-close")!.click();
  expect(location.search).toBe("");
  expect(root.querySelector(".coverage-chosen")?.hasAttribute("hidden")).toBe(true);
});

it("does not move rows under somebody's hands", async () => {
  await open();
  root.querySelector<HTMLElement>("[tabindex='0']")!.focus();
  answer = () => Response.json(answerOf("", "daily", { c: [0, 0], d: [0.1, 0], b: [0.2, 0], a: [0.9, 0] }));
  await settle(30_000);
  expect(codes()).toEqual(["a", "b", "c", "d"]);
  expect(root.querySelector("[data-code=a] .coverage-cell")?.textContent).toBe("90 %");
  (document.activeElement as HTMLElement).blur();
  await settle(30_000);
  expect(codes()).toEqual(["c", "d", "b", "a"]);
});

it("reads nothing while it is out of sight", async () => {
  root.hidden = true;
  await open();
  await settle(60_000);
  expect(asked).toEqual([]);
  root.hidden = false;
  await settle(1_000);
  expect(asked).toHaveLength(1);
});

it("says in the past that it is of now", async () => {
  history.replaceState(null, "", "/patrol?at=2026-11-21T08:00:00Z");
  await open();
  expect(root.querySelector(".coverage-past")?.hasAttribute("hidden")).toBe(false);
  state.set({ at: "" });
  expect(root.querySelector(".coverage-past")?.hasAttribute("hidden")).toBe(true);
});
