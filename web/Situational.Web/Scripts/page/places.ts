import type { Territory } from "./territory";
import type { Texts } from "./texts";

/** The pseudo-grid that owns units outside every grid. */
export const outside = "outside";

/** Names of areas, as far as the territory is known; codes until then. */
export class Places {
  territory: Territory | undefined;

  constructor(private readonly texts: Texts) {}

  name(code: string): string {
    if (code === outside) return this.texts.get("map.outside");
    return this.territory?.names.get(code)?.name ?? code;
  }

  parentName(code: string): string {
    const parent = this.territory?.names.get(code)?.parent;
    return parent === undefined ? "" : this.name(parent);
  }
}
