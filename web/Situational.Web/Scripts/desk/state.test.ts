import { describe, expect, it } from "vitest";
import { PageState } from "./state";

/** A browser's history, as far as an address is concerned. */
class FakeWindow {
  readonly location = { pathname: "/duty", search: "" };
  private readonly entries: string[];
  private at = 0;
  private popped: (() => void) | undefined;
  readonly history = {
    pushState: (_: unknown, __: string, url: string) => {
      this.entries.splice(++this.at, Infinity, url);
      this.go();
    },
    replaceState: (_: unknown, __: string, url: string) => {
      this.entries[this.at] = url;
      this.go();
    },
  };

  constructor(url: string) {
    this.entries = [url];
    this.go();
  }

  addEventListener(_: string, run: () => void): void {
    this.popped = run;
  }

  move(by: number): void {
    this.at += by;
    this.go();
    this.popped?.();
  }

  get url(): string {
    return this.entries[this.at]!;
  }

  private go(): void {
    this.location.search = new URL(this.url, "http://h").search;
  }
}

describe("PageState", () => {
  const open = (url: string): { window: FakeWindow; state: PageState; changes: string[][] } => {
    const window = new FakeWindow(url);
    const state = new PageState(window as unknown as Window);
    const changes: string[][] = [];
    state.on((changed) => changes.push([...changed].sort()));
    return { window, state, changes };
  };

  it("reads the address, takes the first of two, and knows nothing else", () => {
    const { state } = open("/duty?area=44&stage=accepted,returned&text=%E5%9D%91&area=45&case=");
    expect([state.get("area"), state.get("stage"), state.get("text"), state.get("case"), state.get("other")]).toEqual(["44", "accepted,returned", "坑", "", ""]);
  });

  it("keeps what it does not know of, such as the language", () => {
    const { window, state } = open("/duty?lang=en&area=44");
    state.set({ area: "4403", assignee: "unit:w-1", stage: "a,b" });
    expect(window.url).toBe("/duty?lang=en&area=4403&assignee=unit:w-1&stage=a,b");
  });

  it("tells what changed, once, and nothing when nothing did", () => {
    const { state, changes } = open("/duty?area=44&case=c");
    state.set({ area: "45", case: "", text: "" });
    state.set({ area: "45" });
    expect(changes).toEqual([["area", "case"]]);
  });

  it("goes back and forth", () => {
    const { window, state, changes } = open("/duty");
    state.set({ area: "44" });
    state.set({ case: "c" });
    state.set({ text: "x" }, true);
    window.move(-1);
    expect([state.get("area"), state.get("case"), state.get("text")]).toEqual(["44", "", ""]);
    window.move(1);
    expect([state.get("area"), state.get("case"), state.get("text")]).toEqual(["44", "c", "x"]);
    expect(changes).toEqual([["area"], ["case"], ["text"], ["case", "text"], ["case", "text"]]);
  });

  it("makes links without going there", () => {
    const { window, state } = open("/duty?area=44&case=c");
    expect(state.link({ area: "45", case: "" })).toBe("/duty?area=45");
    expect(state.link({ area: "", case: "" })).toBe("/duty");
    expect(window.url).toBe("/duty?area=44&case=c");
  });
});
