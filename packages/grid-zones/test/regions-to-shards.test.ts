import type { Region } from "@zagg/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { box, zone, type NamedRings, type Position } from "./geojson.js";
import { ringsMeet } from "./spherical-oracle.js";
import { gridOf } from "./zones-of-points.js";
import { runs } from "../../../vitest.effort.mjs";

const DEGREES = 10;

/** A checkerboard's worth of boxes around the globe, the caps as triangles. */
function globe(): readonly NamedRings[] {
  const boxes: NamedRings[] = [];
  for (let south = -80; south < 80; south += 2 * DEGREES) {
    for (let west = -180; west < 180; west += 2 * DEGREES) {
      boxes.push(zone(`${west} ${south}`, box(west, south, west + 2 * DEGREES, south + 2 * DEGREES)));
    }
  }
  const rim = Array.from({ length: 18 }, (_, k) => -180 + 20 * k);
  const caps = [80, -80].map((lat) =>
    zone(
      `cap ${lat}`,
      rim.map((lon): Position => [lon, lat]),
    ),
  );
  return [...boxes, ...caps];
}

function regionOf(...rings: readonly (readonly Position[])[]): Region {
  return [
    rings.map((ring) => ({
      lonDeg: Float64Array.from(ring, ([lon]) => lon),
      latDeg: Float64Array.from(ring, ([, lat]) => lat),
    })),
  ];
}

const zones = globe();
const grid = gridOf(zones, 1);
const keys = (region: Region) =>
  Array.from(grid.coverer(region).shardKeys, (key) => zones[Number(key)]?.name);

describe("the coverage of a region", () => {
  it("holds the zone around it, and the zones that it reaches into", () => {
    expect(keys(regionOf(box(5, 5, 6, 6)))).toEqual(["0 0"]);
    expect(keys(regionOf(box(15, 5, 25, 6)))).toEqual(["0 0", "20 0"]);
    expect(keys(regionOf(box(175, 5, -175, 6)))).toEqual(["-180 0", "160 0"]);
    expect(
      keys(
        regionOf([
          [0, 85],
          [120, 85],
          [-120, 85],
        ]),
      ),
    ).toEqual(["cap 80"]);
    expect(
      keys(
        regionOf([
          [0, -85],
          [120, -85],
          [-120, -85],
        ]),
      ),
    ).toEqual(["cap -80"]);
  });

  it("leaves out a zone in a hole", () => {
    const around = keys(regionOf(box(-30, -30, 50, 50), box(-1, -1, 21, 22)));
    expect(around).not.toContain("0 0");
    expect(around).toContain("20 0");
  });

  it("is every zone for the whole sphere, and none for no region", () => {
    const octahedron: readonly Position[] = [
      [0, 0],
      [0, 90],
      [-90, 0],
      [180, 0],
      [90, 0],
    ];
    const half = keys(regionOf(octahedron));
    const other = keys(regionOf([...octahedron].reverse()));
    expect(new Set([...half, ...other]).size).toBe(zones.length);
    expect(keys([])).toEqual([]);
  });

  it("misses no zone that holds a point of a triangle", () => {
    const places = fc.tuple(
      fc.oneof(fc.double({ min: -180, max: 180, noNaN: true }), fc.constantFrom(-180, 0, 180, 20)),
      fc.oneof(fc.double({ min: -89, max: 89, noNaN: true }), fc.constantFrom(-90, 90, 0, 80)),
    );
    const sizes = fc.double({ min: 0.01, max: 40, noNaN: true });
    const weights = fc.array(
      fc.tuple(fc.double({ min: 0.01, max: 1, noNaN: true }), fc.double({ min: 0.01, max: 1, noNaN: true })),
      {
        minLength: 30,
        maxLength: 30,
      },
    );
    fc.assert(
      fc.property(
        places,
        sizes,
        fc.double({ min: 0, max: 360, noNaN: true }),
        weights,
        (middle, size, turn, shares) => {
          const corners = [0, 120, 240].map((bearing) => vectorAt(middle, bearing + turn, size));
          const region = regionOf(corners.map(lonLat));
          const points = shares.map(([a, b]) => lonLat(blend(corners, [a, b, 0.5])));
          const found = new BigUint64Array(points.length);
          grid.shardsOf(
            Float64Array.from(points, ([lon]) => lon),
            Float64Array.from(points, ([, lat]) => lat),
            found,
          );
          const covered = new Set(grid.coverer(region).shardKeys);
          for (const key of found) expect(covered).toContain(key);
        },
      ),
      { numRuns: runs(200) },
    );
  });

  it("is the zones that S2 finds to meet it, however large both are", () => {
    const triangles = fc
      .tuple(
        fc.double({ min: -180, max: 180, noNaN: true }),
        fc.double({ min: -90, max: 90, noNaN: true }),
        fc.double({ min: 0, max: 360, noNaN: true }),
        fc.double({ min: 1, max: 85, noNaN: true }),
      )
      .map(([lon, lat, turn, size]) =>
        [0, 120, 240].map((bearing) => lonLat(vectorAt([lon, lat], bearing + turn, size))),
      );
    fc.assert(
      fc.property(triangles, triangles, (a, b) => {
        expect(gridOf([zone("a", a)]).coverer(regionOf(b)).shardKeys.length === 1).toBe(ringsMeet(a, b));
      }),
      { numRuns: runs(400) },
    );
  });

  it("is not a zone whose edge crosses the opposite of where the region's does", () => {
    const arch = gridOf([
      zone("arch", [
        [-85, 5],
        [85, 5],
        [0, 50],
      ]),
    ]);
    expect([
      ...arch.coverer(
        regionOf([
          [75, 40],
          [150, -60],
          [152, -60],
        ]),
      ).shardKeys,
    ]).toEqual([]);
    expect([
      ...arch.coverer(
        regionOf([
          [75, 0],
          [76, 0],
          [75, 40],
        ]),
      ).shardKeys,
    ]).toEqual([0n]);
  });

  it("of the coverer is the same, and footprints are indices into it", () => {
    const region = regionOf(box(-30, -30, 50, 50));
    const coverer = grid.coverer(region);
    expect([...coverer.shardKeys]).toEqual([...grid.coverer(region).shardKeys]);
    const footprint = regionOf(box(35, 5, 65, 6));
    const listed = Array.from(coverer.cover(footprint), (index) => coverer.shardKeys[index]);
    expect(listed.map((key) => zones[Number(key)]?.name)).toEqual(["20 0", "40 0"]);
    expect([...coverer.cover(regionOf(box(-170, 5, -160, 6)))]).toEqual([]);
  });

  it("refuses rings that enclose nothing", () => {
    const refused = (ring: readonly Position[], code: string) => {
      expect(() => grid.coverer(regionOf(ring)).shardKeys).toThrowError(
        expect.objectContaining({ code }) as Error,
      );
    };
    refused(
      [
        [0, 0],
        [1, 1],
      ],
      "GEOMETRY_RING",
    );
    refused(
      [
        [0, 0],
        [1, NaN],
        [2, 2],
      ],
      "GEOMETRY_COORDINATE",
    );
    refused(
      [
        [0, 0],
        [180, 0],
        [90, 40],
      ],
      "GEOMETRY_EDGE",
    );
  });
});

type Vector = readonly [number, number, number];

function vectorAt([lonDeg, latDeg]: Position, bearingDeg: number, distanceDeg: number): Vector {
  const [lon, lat, bearing, distance] = [lonDeg, latDeg, bearingDeg, distanceDeg].map(
    (degrees) => (degrees * Math.PI) / 180,
  ) as [number, number, number, number];
  const [along, across] = [Math.sin(distance) * Math.cos(bearing), Math.sin(distance) * Math.sin(bearing)];
  const outward = Math.cos(distance) * Math.cos(lat) - along * Math.sin(lat);
  return [
    outward * Math.cos(lon) - across * Math.sin(lon),
    outward * Math.sin(lon) + across * Math.cos(lon),
    Math.cos(distance) * Math.sin(lat) + along * Math.cos(lat),
  ];
}

function blend(corners: readonly Vector[], weights: readonly number[]): Vector {
  const part = (axis: number) => corners.reduce((sum, corner, k) => sum + weights[k]! * corner[axis]!, 0);
  return [part(0), part(1), part(2)];
}

function lonLat([x, y, z]: Vector): Position {
  return [(Math.atan2(y, x) * 180) / Math.PI, (Math.atan2(z, Math.hypot(x, y)) * 180) / Math.PI];
}
