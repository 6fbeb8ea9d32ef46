import type { Feed, Trouble } from "../feed";

/** How far the picture can be trusted. It never lies: what is not known to be live is not called live. */
export type Standing =
  | { readonly state: "starting" }
  | { readonly state: "live"; readonly ageMs: number }
  | { readonly state: "degraded"; readonly ageMs: number; readonly reconnecting: boolean; readonly trouble: readonly Trouble[] }
  | { readonly state: "lost" | "refused"; readonly since: number | undefined; readonly ageMs: number; readonly fault?: string | undefined };

/**
 * @param now monotonic ms
 * @param silenceMs age of the picture from which on it is not live
 */
export function standingOf(feed: Pick<Feed, "picture" | "link" | "heardAt" | "clock"> & { readonly fault?: string | undefined }, shown: { readonly at: number; readonly trouble: readonly Trouble[] } | undefined, now: number, silenceMs: number): Standing {
  const silentMs = now - feed.heardAt;
  // The age since the last frame counts even where the server's clock cannot be told.
  const ageMs = shown ? Math.max(silentMs, Math.min(feed.clock.ageOf(shown.at, now), Number.MAX_SAFE_INTEGER)) : silentMs;
  if (feed.link === "refused") return { state: "refused", since: shown?.at, ageMs };
  if (ageMs >= silenceMs) return { state: "lost", since: shown?.at, ageMs, fault: feed.fault };
  if (!shown) return { state: "starting" };
  const reconnecting = feed.link !== "watching";
  return reconnecting || shown.trouble.length > 0
    ? { state: "degraded", ageMs, reconnecting, trouble: shown.trouble }
    : { state: "live", ageMs };
}
