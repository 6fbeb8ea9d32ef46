/** What the city calls the codes on the feed, as the page carries it: `{"categories":[[code,name],…],"whistles":[…]}`. */
export class Names {
  private readonly categories: ReadonlyMap<string, string>;
  private readonly whistles: ReadonlyMap<string, string>;
  private readonly order: readonly string[];

  constructor(json: string | undefined) {
    let read: unknown;
    try {
      read = JSON.parse(json ?? "{}");
    } catch (error) {
      console.warn("situational: the page's names cannot be read", error);
    }
    const source = typeof read === "object" && read !== null ? read as Readonly<Record<string, unknown>> : {};
    this.categories = new Map(pairs(source["categories"]));
    this.whistles = new Map(pairs(source["whistles"]));
    this.order = [...this.whistles.keys()];
  }

  /** Codes without a name, such as those of an earlier catalogue, are shown as they came. */
  category(code: string): string {
    return this.categories.get(code) ?? code;
  }

  /** Codes and names of all categories, in the city's order. */
  get categoryList(): Iterable<readonly [code: string, name: string]> {
    return this.categories;
  }

  whistle(code: string): string {
    return this.whistles.get(code) ?? code;
  }

  /** 0 for the most urgent kind of whistle; kinds that the city does not name come last. */
  urgency(code: string): number {
    const at = this.order.indexOf(code);
    return at < 0 ? this.order.length : at;
  }
}

function pairs(value: unknown): [string, string][] {
  if (!Array.isArray(value)) return [];
  return value.filter((pair): pair is [string, string] => Array.isArray(pair) && typeof pair[0] === "string" && typeof pair[1] === "string");
}
