/**
 * Web Mercator (EPSG:3857, as Leaflet's default CRS computes it) in world units: 0 to 1 from west to east and from
 * north to south. A position projected once stays valid for every zoom; a frame then only multiplies and adds.
 */

/** Latitudes beyond this, in degrees, lie outside the square of Web Mercator. */
export const maximumLatitude = 85.0511287798066;

/** CSS pixels across the world at zoom 0. */
export const tileSize = 256;

/** World x of a longitude in degrees. */
export function worldX(longitude: number): number {
  return longitude / 360 + 0.5;
}

/** World y of a latitude in degrees; clamped to ±{@link maximumLatitude}. */
export function worldY(latitude: number): number {
  const clamped = Math.max(-maximumLatitude, Math.min(maximumLatitude, latitude));
  const sine = Math.sin((clamped * Math.PI) / 180);
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
}

/** Longitude in degrees of a world x. */
export function longitudeOf(x: number): number {
  return (x - 0.5) * 360;
}

/** Latitude in degrees of a world y. */
export function latitudeOf(y: number): number {
  return (Math.atan(Math.sinh((0.5 - y) * 2 * Math.PI)) * 180) / Math.PI;
}

/** CSS pixels a world unit measures at a zoom. */
export function scaleOf(zoom: number): number {
  return tileSize * 2 ** zoom;
}
