import type { Kept } from "./shelf";

/** A browser's storage, which all windows of a test share. */
export class FakeKept implements Kept {
  readonly values = new Map<string, string>();
  full = false;

  get length(): number {
    return this.values.size;
  }

  key(at: number): string | null {
    return [...this.values.keys()][at] ?? null;
  }

  getItem(name: string): string | null {
    return this.values.get(name) ?? null;
  }

  setItem(name: string, value: string): void {
    if (this.full) throw new Error("full");
    this.values.set(name, value);
  }

  removeItem(name: string): void {
    this.values.delete(name);
  }
}
