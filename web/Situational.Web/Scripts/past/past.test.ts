import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Shortcuts } from "../page/shortcuts";
import { Texts } from "../page/texts";
import { Past } from "./past";
import { type PastSource, PastError } from "./source";

const empty: PastSource = {
  marks: () => Promise.reject(new PastError("empty", "")),
  snapshot: () => Promise.reject(new PastError("empty", "")),
  play: () => { throw new PastError("empty", ""); },
};

describe("The keys of the past", () => {
  let root: HTMLElement;
  let page: Document;
  const press = (target: EventTarget, key: string): void => { target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true })); };
  const isOpen = (): boolean => !root.querySelector<HTMLElement>(".past-panel")!.hidden;

  function past(language: string): Shortcuts {
    const texts = new Texts(language, "UTC");
    const keys = new Shortcuts(texts, page);
    const state = { get: () => "", set: () => {}, on: () => () => {} };
    new Past(root, { texts, state: state as never, timeZone: "UTC", area: () => "", serverNow: () => 1e12, show: () => {}, live: () => {}, keys }, { source: empty, now: () => 0 });
    return keys;
  }

  beforeEach(() => {
    root = document.createElement("div");
    document.body.append(root);
    // Every test has its own listeners.
    page = root as unknown as Document;
  });
  afterEach(() => { document.body.replaceChildren(); });

  it("are listed with the page's own, in words", () => {
    past("en").show();
    const rows = [...document.querySelectorAll(".keys-row")].map((row) => [row.querySelector("dt")!.textContent, row.querySelector("dd")!.textContent]);
    expect(rows).toEqual([
      ["?", "List all shortcuts"], ["t", "Open or close the past"], ["Space", "Play or pause the past"], [",", "One step back in the past"], [".", "One step on in the past"],
      ["Esc", "Leave the past, back to live"],
    ]);
  });

  it("say the same in Chinese", () => {
    past("zh-CN").show();
    expect([...document.querySelectorAll(".keys-row kbd")].map((key) => key.textContent)).toContain("空格");
  });

  it("open and leave the past, also from the slider, and are text in a field", () => {
    past("en");
    press(root, "t");
    expect(isOpen()).toBe(true);
    const field = root.querySelector("input[type=datetime-local]")!;
    press(field, "t");
    press(field, "Escape");
    expect(isOpen()).toBe(true);
    press(root.querySelector("input[type=range]")!, "Escape");
    expect(isOpen()).toBe(false);
    press(root, "Escape");
    expect(isOpen()).toBe(false);
  });
});
