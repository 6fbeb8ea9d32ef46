/**
 * The digest of an area: the sum modulo 2^32 of `mix` over its grids, as 8 upper-case hexadecimal digits.
 * Equals Situational.Contracts.Feed.FeedDigest; the fixtures hold examples of both.
 */

const encoder = new TextEncoder();

/** One grid's share: FNV-1a (32 bit) over the UTF-8 code, the revision's halves multiplied in, then MurmurHash3's finalizer. */
export function mix(code: string, revision: number): number {
  let hash = 0x811c9dc5;
  const bytes = encoder.encode(code);
  // Codes longer than 256 bytes count as empty, as they do on the server.
  if (bytes.length <= 256) for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  const low = revision >>> 0;
  const high = Math.floor(revision / 0x1_0000_0000) >>> 0;
  hash = (hash + Math.imul(low, 0x9e3779b1) + Math.imul(high, 0x85ebca6b)) | 0;
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** The digest as it stands in a frame. */
export function format(sum: number): string {
  return (sum >>> 0).toString(16).toUpperCase().padStart(8, "0");
}
