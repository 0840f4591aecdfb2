import { describe, expect, it } from "vitest";
import { zones } from "../src/index.js";
import type { NamedRings, Position } from "./geojson.js";
import { antarcticBasin, countries, sharedPolygonsExist } from "./shared-files.js";
import { oracleOf } from "./spherical-oracle.js";
import { namesAt } from "./zones-of-points.js";

const isSudan = (properties: unknown) => (properties as { name: string }).name === "Sudan";

/** Points spread evenly over a box by the additive recurrence of the plastic number (Roberts 2018). */
function spread(count: number, [west, south]: Position, [east, north]: Position): readonly Position[] {
  return Array.from({ length: count }, (_, k): Position => [
    west + (east - west) * ((0.5 + k * 0.7548776662466927) % 1),
    south + (north - south) * ((0.5 + k * 0.5698402909980532) % 1),
  ]);
}

describe.runIf(sharedPolygonsExist)("real polygons of the shared folder", () => {
  it("place points in the Antarctic basin of 11,921 vertices as S2 does", () => {
    const geojson = antarcticBasin();
    const rings = (geojson.features[0] as unknown as { geometry: { coordinates: Position[][] } }).geometry
      .coordinates;
    const holds = oracleOf({ name: "basin", polygons: [rings.map((ring) => ring.slice(0, -1))] });
    const points = spread(5000, [-65, -74.6], [-59.6, -69.3]);
    const grid = zones.create({ geojson }, []);
    expect(namesAt(grid, points)).toEqual(points.map(([lon, lat]) => (holds(lon, lat) ? "0" : undefined)));
  });

  it("place points in the first of the countries that S2 finds", () => {
    // Its ring crosses itself at 33.96 E 9.46 N on this map, which S2's loops do not take.
    const all = countries();
    const geojson = { ...all, features: all.features.filter(({ properties }) => !isSudan(properties)) };
    const features = geojson.features as unknown as {
      geometry: { coordinates: NamedRings["polygons"] };
      properties: { name: string };
    }[];
    const oracles = features.map(({ properties, geometry }) => {
      const holds = oracleOf({ name: properties.name, polygons: geometry.coordinates });
      return { name: properties.name, holds };
    });
    const points = [
      ...spread(1500, [-180, -90], [180, 90]),
      [0, 90],
      [0, -90],
      [-175, 67],
      [180, 68],
    ] as const;
    const expected = points.map(([lon, lat]) => oracles.find(({ holds }) => holds(lon, lat))?.name);
    expect(namesAt(zones.create({ geojson, id: "name" }, []), points)).toEqual(expected);
  });

  it("cover a flight line through the basin and none beside it", () => {
    const grid = zones.create({ geojson: antarcticBasin() }, []);
    const line = (west: number) => [
      [
        {
          lonDeg: Float64Array.of(west, west + 0.01, west + 0.01, west),
          latDeg: Float64Array.of(-80, -80, -60, -60),
        },
      ],
    ];
    expect([...grid.coverer(line(-62)).shardKeys]).toEqual([0n]);
    expect([...grid.coverer(line(-50)).shardKeys]).toEqual([]);
  });
});

it("finds the shared folder, or says that real polygons were not tried", () => {
  if (!sharedPolygonsExist) console.warn("shared/data/polygons is absent: real polygons were not tried");
  expect(typeof sharedPolygonsExist).toBe("boolean");
});
