import * as L from "leaflet";
import { describe, expect, it } from "vitest";
import { latitudeOf, longitudeOf, maximumLatitude, scaleOf, worldX, worldY } from "./projection";

describe("projection", () => {
  it.each([[0, 0], [22.7712345, 113.9254321], [-33.86, 151.2], [64.15, -21.94], [85, 179.9]])("agrees with Leaflet at %f, %f", (latitude, longitude) => {
    for (const zoom of [0, 11, 18]) {
      const theirs = L.CRS.EPSG3857.latLngToPoint(L.latLng(latitude, longitude), zoom);

      expect(worldX(longitude) * scaleOf(zoom)).toBeCloseTo(theirs.x, 6);
      expect(worldY(latitude) * scaleOf(zoom)).toBeCloseTo(theirs.y, 5);
    }
  });

  it.each([[22.7712345, 113.9254321], [-85, -180], [0, 0]])("comes back to %f, %f", (latitude, longitude) => {
    expect(latitudeOf(worldY(latitude))).toBeCloseTo(latitude, 10);
    expect(longitudeOf(worldX(longitude))).toBeCloseTo(longitude, 10);
  });

  it("keeps the poles on the map", () => {
    expect(worldY(90)).toBeCloseTo(0, 10);
    expect(worldY(-maximumLatitude)).toBeCloseTo(1, 10);
  });
});
