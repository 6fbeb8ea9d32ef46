/** What of the browser's storage is used. */
export type Kept = Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">;

/**
 * Things of one kind and person in the browser's storage, each under a name of its own: windows that write at the same time write side by
 * side, and none takes away what another has put there. What the storage does not take is kept as long as the page.
 */
export class Shelf<Value> {
  private readonly prefix: string;
  private readonly unkept = new Map<string, Value>();

  /** @param storage undefined where the browser keeps nothing */
  constructor(name: string, person: string, private readonly storage: () => Kept | undefined, private readonly isOne: (value: unknown) => value is Value) {
    this.prefix = `situational.${name}.${encodeURIComponent(person)}/`;
  }

  /** Everything there is by its id, read anew. */
  all(): ReadonlyMap<string, Value> {
    const found = new Map<string, Value>(this.unkept);
    try {
      const storage = this.storage();
      for (let at = 0; at < (storage?.length ?? 0); at++) {
        const name = storage?.key(at) ?? "";
        if (!name.startsWith(this.prefix)) continue;
        const id = name.slice(this.prefix.length);
        const value = this.unkept.has(id) ? undefined : this.read(name);
        if (value !== undefined) found.set(id, value);
      }
    } catch {
      // A browser that is set to keep nothing may refuse even the question.
    }
    return found;
  }

  get(id: string): Value | undefined {
    return this.unkept.get(id) ?? this.read(this.prefix + id);
  }

  /** Returns false where there was no room: it then lasts as long as the page. */
  put(id: string, value: Value): boolean {
    this.unkept.delete(id);
    try {
      const storage = this.storage();
      if (storage) storage.setItem(this.prefix + id, JSON.stringify(value));
      else this.unkept.set(id, value);
      return true;
    } catch {
      this.unkept.set(id, value);
      return false;
    }
  }

  remove(id: string): void {
    this.unkept.delete(id);
    try {
      this.storage()?.removeItem(this.prefix + id);
    } catch {
      // Nothing was kept.
    }
  }

  private read(name: string): Value | undefined {
    try {
      const value: unknown = JSON.parse(this.storage()?.getItem(name) ?? "null");
      return this.isOne(value) ? value : undefined;
    } catch {
      return undefined;
    }
  }
}

/** The browser's storage, or undefined where it is set to keep nothing. */
export function browserStorage(): Kept | undefined {
  try {
    return localStorage;
  } catch {
    return undefined;
  }
}
