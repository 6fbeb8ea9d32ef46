/** Names of the areas, and whether they are invented: what the wall reads from the territory beside its shapes. */
export interface Territory {
  readonly version: number;
  readonly simulated: boolean;
  readonly names: ReadonlyMap<string, { readonly name: string; readonly parent: string | undefined }>;
  /** Code of the area without a parent. */
  readonly root: string | undefined;
  readonly geoJson: GeoJSON.FeatureCollection;
}

export function readTerritory(value: unknown, version: number): Territory {
  const collection = value as GeoJSON.FeatureCollection & { readonly simulated?: unknown };
  if (typeof value !== "object" || value === null || collection.type !== "FeatureCollection" || !Array.isArray(collection.features))
    throw new Error("The territory is no GeoJSON FeatureCollection.");
  const names = new Map<string, { name: string; parent: string | undefined }>();
  let root: string | undefined;
  let simulated = collection.simulated === true;
  for (const feature of collection.features) {
    const properties = feature.properties;
    const code: unknown = properties?.["code"];
    if (typeof code !== "string") continue;
    const name: unknown = properties?.["name"];
    const parent: unknown = properties?.["parent"];
    names.set(code, { name: typeof name === "string" ? name : code, parent: typeof parent === "string" ? parent : undefined });
    if (typeof parent !== "string") {
      root ??= code;
      simulated ||= properties?.["simulated"] === true;
    }
  }
  return { version, simulated, names, root, geoJson: collection };
}

export type Fetched = { readonly territory: Territory } | { readonly none: true } | { readonly unchanged: true; readonly version: number | undefined } | { readonly failed: string };

/** A big city's territory takes seconds on a slow way; what takes longer than this has stalled. */
const readMs = 30_000;

/** Reads the territory over HTTP; the same one is not sent twice. */
export class TerritorySource {
  private etag: string | undefined;

  constructor(private readonly url: string, private readonly fetcher: typeof fetch = (input, init) => fetch(input, init)) {}

  /** What was read could not be used: the next answer is to be whole. */
  forget(): void {
    this.etag = undefined;
  }

  async read(version: number): Promise<Fetched> {
    try {
      const answer = await this.fetcher(this.url, {
        headers: this.etag ? { "If-None-Match": this.etag } : {},
        cache: "no-store",
        credentials: "same-origin",
        // The body counts too: a connection that stalls halfway would end the reading for good.
        signal: AbortSignal.timeout(readMs),
      });
      if (answer.status === 304) return { unchanged: true, version: versionOf(answer) };
      if (answer.status === 404) return { none: true };
      if (!answer.ok) return { failed: `HTTP ${answer.status}` };
      const territory = readTerritory(await answer.json(), versionOf(answer) ?? version);
      this.etag = answer.headers.get("ETag") ?? undefined;
      return { territory };
    } catch (error) {
      return { failed: error instanceof Error ? error.message : String(error) };
    }
  }
}

function versionOf(answer: Response): number | undefined {
  const version = Number(answer.headers.get("X-Territory-Version") ?? NaN);
  return Number.isInteger(version) && version > 0 ? version : undefined;
}
