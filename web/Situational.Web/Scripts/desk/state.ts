/** What the address of a page says after `?`: everything that a link to it must carry. An absent name and an empty value are the same. */
export class PageState {
  private readonly listeners = new Set<(changed: ReadonlySet<string>) => void>();
  private values: Map<string, string>;

  constructor(private readonly window: Pick<Window, "location" | "history" | "addEventListener">) {
    this.values = read(window.location.search);
    window.addEventListener("popstate", () => this.take(read(window.location.search)));
  }

  get(name: string): string {
    return this.values.get(name) ?? "";
  }

  /**
   * Changes what the address says; empty values are left out of it. What is the same already is no change.
   * @param replace true where going back is not to bring the state before: while somebody types.
   */
  set(changes: Readonly<Record<string, string>>, replace = false): void {
    const next = with_(this.values, changes);
    if (same(next, this.values)) return;
    const address = addressOf(this.window.location.pathname, next);
    if (replace) this.window.history.replaceState(null, "", address);
    else this.window.history.pushState(null, "", address);
    this.take(next);
  }

  /** Calls back with the names that changed, by `set` and by going back and forth. Returns what ends that. */
  on(listener: (changed: ReadonlySet<string>) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** The address of this page with other values: for links. */
  link(changes: Readonly<Record<string, string>>): string {
    return addressOf(this.window.location.pathname, with_(this.values, changes));
  }

  private take(next: Map<string, string>): void {
    const before = this.values;
    const changed = new Set([...before.keys(), ...next.keys()].filter((name) => (before.get(name) ?? "") !== (next.get(name) ?? "")));
    this.values = next;
    if (changed.size > 0) for (const listener of [...this.listeners]) listener(changed);
  }
}

function read(search: string): Map<string, string> {
  const values = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(search)) if (value !== "" && !values.has(name)) values.set(name, value);
  return values;
}

function with_(values: ReadonlyMap<string, string>, changes: Readonly<Record<string, string>>): Map<string, string> {
  const next = new Map(values);
  for (const [name, value] of Object.entries(changes))
    if (value === "") next.delete(name);
    else next.set(name, value);
  return next;
}

function same(one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): boolean {
  return one.size === other.size && [...one].every(([name, value]) => other.get(name) === value);
}

/** Commas and colons stay as they are, so that people can read the link. */
function addressOf(path: string, values: ReadonlyMap<string, string>): string {
  const query = new URLSearchParams([...values]).toString().replace(/%2C/g, ",").replace(/%3A/g, ":");
  return query === "" ? path : `${path}?${query}`;
}
