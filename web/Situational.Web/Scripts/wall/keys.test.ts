import { beforeEach, expect, it, vi } from "vitest";
import { PageState } from "../desk/state";
import { Shortcuts } from "../page/shortcuts";
import { Texts } from "../page/texts";
import { wallKeys } from "./keys";
import { Tour } from "./tour";

let root: HTMLElement;
let state: PageState;
let seen: string[];
let keys: Shortcuts;
const press = (key: string): void => { root.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true })); };

beforeEach(() => {
  vi.useFakeTimers();
  root = document.createElement("main");
  root.innerHTML = '<div class="leaflet-container" tabindex="0"></div><button data-part="tour"></button><button data-part="keys"></button>';
  document.body.replaceChildren(root);
  state = new PageState({ location: { pathname: "/wall", search: "" }, history: { pushState: () => {}, replaceState: () => {} }, addEventListener: () => {} } as unknown as Window);
  seen = [];
  const texts = new Texts("en", "UTC");
  // Every test has its own listeners.
  keys = new Shortcuts(texts, root as unknown as Document);
  const parts = { hottest: () => ["a", "b"], flyTo: (code: string) => { seen.push(code); }, overview: () => { seen.push("all"); }, announce: (words: string) => { seen.push(words); } };
  wallKeys(root, { texts, state, keys, tour: new Tour(parts.hottest, parts.flyTo, parts.overview), ...parts });
});

it("lead to the hottest grids, to everything and to the map", () => {
  for (const key of ["1", "2", "3", "0", "m"]) press(key);
  expect(seen).toEqual(["a", "b", "all"]);
  expect(document.activeElement).toBe(root.firstElementChild);
});

it("start and stop the tour, which the address keeps", () => {
  press("r");
  expect([seen, state.get("tour"), root.querySelector("[data-part=tour]")!.getAttribute("aria-pressed")]).toEqual([["a", "The tour has started"], "1", "true"]);
  root.querySelector<HTMLElement>("[data-part=tour]")!.click();
  expect([state.get("tour"), root.querySelector("[data-part=tour]")!.getAttribute("aria-pressed")]).toEqual(["", "false"]);
});

it("are listed, those of a kind on one line", () => {
  // jsdom knows no dialogs on top of all others.
  HTMLDialogElement.prototype.showModal ??= () => {};
  root.querySelector<HTMLElement>("[data-part=keys]")!.click();
  const rows = [...document.querySelectorAll(".keys-row")].map((row) => [...row.querySelectorAll("kbd")].map((key) => key.textContent).join(" "));
  expect(rows).toEqual(["?", "1 2 3 4 5 6", "0", "m", "r"]);
});
