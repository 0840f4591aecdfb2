import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { box, zone, type NamedRings, type Position } from "./geojson.js";
import { oracleOf } from "./spherical-oracle.js";
import { gridOf, namesAt } from "./zones-of-points.js";
import { runs } from "../../../vitest.effort.mjs";

const longitudes = fc.double({ min: -200, max: 200, noNaN: true });
const latitudes = fc.double({ min: -90, max: 90, noNaN: true });

/** Vertices around a middle: at least three, at growing bearings, so that the ring does not cross itself. */
const starRings = fc
  .record({
    lon: longitudes,
    lat: fc.oneof(latitudes, fc.constantFrom(-90, 90, -89.9, 89.9, 0)),
    radii: fc.array(fc.double({ min: 0.5, max: 60, noNaN: true }), { minLength: 3, maxLength: 12 }),
  })
  .map(({ lon, lat, radii }) =>
    radii.map((radius, k) => destination([lon, lat], (360 * k) / radii.length, radius)),
  );

function destination([lonDeg, latDeg]: Position, bearingDeg: number, distanceDeg: number): Position {
  const [lon, lat, bearing, distance] = [lonDeg, latDeg, bearingDeg, distanceDeg].map(
    (degrees) => (degrees * Math.PI) / 180,
  ) as [number, number, number, number];
  const middle = [Math.cos(lat) * Math.cos(lon), Math.cos(lat) * Math.sin(lon), Math.sin(lat)];
  const north = [-Math.sin(lat) * Math.cos(lon), -Math.sin(lat) * Math.sin(lon), Math.cos(lat)];
  const east = [-Math.sin(lon), Math.cos(lon), 0];
  const [x, y, z] = middle.map(
    (part, k) =>
      Math.cos(distance) * part +
      Math.sin(distance) * (Math.cos(bearing) * north[k]! + Math.sin(bearing) * east[k]!),
  ) as [number, number, number];
  return [(Math.atan2(y, x) * 180) / Math.PI, (Math.atan2(z, Math.hypot(x, y)) * 180) / Math.PI];
}

describe("the zone of a point", () => {
  it("is the one that S2 finds too, for rings over poles and the antimeridian", () => {
    fc.assert(
      fc.property(
        starRings,
        fc.array(fc.tuple(longitudes, latitudes), { minLength: 20, maxLength: 20 }),
        (ring, points) => {
          const named = zone("star", ring);
          const holds = oracleOf(named);
          const probes: Position[] = [...points, [0, 90], [0, -90]];
          const expected = probes.map(([lon, lat]) => (holds(lon, lat) ? "star" : undefined));
          expect(namesAt(gridOf([named]), probes)).toEqual(expected);
        },
      ),
      { numRuns: runs(300) },
    );
  });

  it("is none in a hole, and on the far side of it again", () => {
    const grid = gridOf([
      zone("ring", box(170, -20, -150, 20), box(175, -10, -165, 10), box(178, -5, -178, 5)),
    ]);
    expect(
      namesAt(grid, [
        [172, 0],
        [176, 0],
        [180, 0],
        [-180, 0],
        [-160, 0],
        [0, 0],
      ]),
    ).toEqual(["ring", undefined, "ring", "ring", "ring", undefined]);
  });

  it("holds a pole by any longitude", () => {
    const cap = zone("cap", [
      [0, 60],
      [90, 60],
      [180, 60],
      [-90, 60],
    ]);
    const south = zone("south", [
      [0, -60],
      [90, -60],
      [180, -60],
      [-90, -60],
    ]);
    const poles: Position[] = [
      [0, 90],
      [180, 90],
      [-77.7, 90],
      [0, -90],
      [1000, -90],
    ];
    expect(namesAt(gridOf([cap, south]), poles)).toEqual(["cap", "cap", "cap", "south", "south"]);
  });

  it("follows edges over a pole and rings with a vertex at one", () => {
    const over = zone("over", [
      [10, 80],
      [-170, 80],
      [100, 70],
    ]);
    const wedge = zone("wedge", [
      [20, -80],
      [50, -80],
      [0, -90],
    ]);
    const grid = gridOf([over, wedge]);
    expect(
      namesAt(grid, [
        [100, 85],
        [-80, 85],
        [100, 89.999],
        [35, -85],
        [35, -89.99],
        [60, -85],
        [0, -85],
      ]),
    ).toEqual(["over", undefined, "over", "wedge", "wedge", undefined, undefined]);
  });

  it("follows an edge over the south pole", () => {
    const grid = gridOf([
      zone("over", [
        [10, -80],
        [-170, -80],
        [100, -70],
      ]),
    ]);
    expect(
      namesAt(grid, [
        [100, -85],
        [-80, -85],
        [100, -89.999],
        [100, 85],
      ]),
    ).toEqual(["over", undefined, "over", undefined]);
  });

  it("is in a ring that leaves both poles on its inner side", () => {
    const ring = [0, 300, 240, 180, 120, 60].map((bearing) =>
      destination([0, 0], bearing, bearing % 180 === 0 ? 110 : 70),
    );
    const points: Position[] = [
      [0, 0],
      [0, 90],
      [0, -90],
      [40, 50],
      [180, 85],
      [180, -85],
      [180, 0],
      [90, 0],
    ];
    const inside = ["ring", "ring", "ring", "ring", "ring", "ring", undefined, undefined];
    expect(namesAt(gridOf([zone("ring", ring)]), points)).toEqual(inside);
  });

  it("is the inside of a lune from pole to pole, at every longitude", () => {
    const lunes = Array.from({ length: 60 }, (_, k) => {
      const [west, east] = [6 * k - 180, 6 * k - 174];
      return zone(`utm ${k + 1}`, [
        [west, -90],
        [east, 0],
        [west, 90],
        [west, 0],
      ]);
    });
    const points = Array.from({ length: 720 }, (_, k): Position => [k / 2 - 180, 89.9 * Math.sin(k)]);
    const expected = points.map(([lon]) => `utm ${Math.floor((lon + 180) / 6) + 1}`);
    expect(namesAt(gridOf(lunes), points)).toEqual(expected);
  });

  it("of a ring larger than a hemisphere lies to the left of its edges", () => {
    const square: readonly Position[] = [
      [0, -20],
      [90, -20],
      [180, -20],
      [-90, -20],
    ];
    const north = gridOf([zone("north", square)]);
    const large: readonly Position[] = [
      [0, -20],
      [60, 20],
      [120, -20],
      [180, 20],
      [-120, -20],
      [-60, 20],
    ];
    expect(
      namesAt(north, [
        [0, 0],
        [0, 90],
        [0, -90],
        [45, -60],
      ]),
    ).toEqual([undefined, undefined, "north", "north"]);
    expect(
      namesAt(gridOf([zone("left", large)]), [
        [0, 90],
        [0, -90],
      ]),
    ).toEqual(["left", undefined]);
    expect(
      namesAt(gridOf([zone("left", [...large].reverse())]), [
        [0, 90],
        [0, -90],
      ]),
    ).toEqual([undefined, "left"]);
  });

  it("is in a large ring exactly when it is not in the ring reversed", () => {
    const waves = fc.array(fc.double({ min: 5, max: 40, noNaN: true }), { minLength: 6, maxLength: 6 });
    const points = fc.array(fc.tuple(longitudes, latitudes), { minLength: 20, maxLength: 20 });
    fc.assert(
      fc.property(waves, longitudes, points, (heights, lon, probes) => {
        const ring = heights.map((height, k): Position => [lon + 60 * k, k % 2 === 0 ? height : -height]);
        const left = namesAt(gridOf([zone("left", ring)]), [...probes, [0, 90], [0, -90]]);
        const right = namesAt(gridOf([zone("right", [...ring].reverse())]), [...probes, [0, 90], [0, -90]]);
        expect(right).toEqual(left.map((name) => (name === undefined ? "right" : undefined)));
        expect(left.slice(-2)).toEqual(["left", undefined]);
      }),
      { numRuns: runs(100) },
    );
  });

  it("is the same whole turns away, however many", () => {
    const grid = gridOf([zone("a", box(170, -10, -170, 10))]);
    expect(
      namesAt(grid, [
        [180, 0],
        [-180, 0],
        [540, 0],
        [-540, 0],
        [180 + 360 * 2 ** 40, 0],
      ]),
    ).toEqual(["a", "a", "a", "a", "a"]);
    expect(
      namesAt(grid, [
        [1e300, 0],
        [-1e300, 0],
      ]),
    ).toEqual(
      namesAt(grid, [
        [1e300 % 360, 0],
        [-1e300 % 360, 0],
      ]),
    );
  });

  it("of a point on an edge is the one to the north of it, and on a meridian the one to the east", () => {
    const grid = gridOf([
      zone("south west", box(-10, -10, 0, 0)),
      zone("north west", box(-10, 0, 0, 10)),
      zone("south east", box(0, -10, 10, 0)),
      zone("north east", box(0, 0, 10, 10)),
    ]);
    expect(
      namesAt(grid, [
        [-5, 0],
        [5, 0],
        [0, -5],
        [0, 5],
        [0, 0],
        [-10, 0],
        [10, 0],
        [0, -10],
      ]),
    ).toEqual([
      "north west",
      "north east",
      "south east",
      "north east",
      "north east",
      "north west",
      undefined,
      "south east",
    ]);
  });

  it("is the first of zones that overlap", () => {
    const grid = gridOf([zone("first", box(0, 0, 10, 10)), zone("second", box(5, 0, 15, 10))]);
    expect(
      namesAt(grid, [
        [2, 5],
        [7, 5],
        [12, 5],
      ]),
    ).toEqual(["first", "first", "second"]);
  });

  it("is none for points that are not on the sphere", () => {
    const grid = gridOf([
      zone("world", box(-180, -80, -90, 80)),
      zone("cap", [
        [0, 60],
        [120, 60],
        [-120, 60],
      ]),
    ]);
    const invalid: Position[] = [
      [NaN, 0],
      [0, NaN],
      [Infinity, 70],
      [-100, 90.0000001],
      [-100, -91],
      [-100, Infinity],
    ];
    expect(namesAt(grid, invalid)).toEqual(invalid.map(() => undefined));
  });
});

describe("zones that share edges", () => {
  const jitter = fc.double({ min: -0.3, max: 0.3, noNaN: true });
  const size = 4;

  /** A mesh of triangles over a box at any longitude; inner vertices are moved. */
  const meshes = fc
    .record({
      west: fc.constantFrom(-180, 0, 170, 178, -2.5, 88),
      south: fc.constantFrom(-88, -2, 0, 60, 84),
      moves: fc.array(fc.tuple(jitter, jitter), { minLength: 25, maxLength: 25 }),
    })
    .map(({ west, south, moves }) => {
      const at = (row: number, column: number): Position => {
        const inner = row > 0 && row < size && column > 0 && column < size;
        const [east, up] = inner ? (moves[5 * row + column] as Position) : [0, 0];
        return [west + 3 * (column + east), south + row + up];
      };
      const triangles: NamedRings[] = [];
      for (let row = 0; row < size; row++) {
        for (let column = 0; column < size; column++) {
          const [a, b, c, d] = [
            at(row, column),
            at(row, column + 1),
            at(row + 1, column + 1),
            at(row + 1, column),
          ];
          triangles.push(
            zone(`${row} ${column} below`, [a, b, c]),
            zone(`${row} ${column} above`, [c, d, a]),
          );
        }
      }
      const vertices = Array.from({ length: 25 }, (_, k) => at(Math.floor(k / 5), k % 5));
      return { triangles, vertices };
    });

  /** Between inner vertices, and so on many edges; at a vertex itself too. */
  const pointsBetween = (vertices: readonly Position[], share: number): readonly Position[] => {
    const inner = vertices.filter((_, k) => k % 5 > 0 && k % 5 < 4 && k >= 5 && k < 20);
    return inner.flatMap((a) =>
      inner.map((b): Position => [a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])]),
    );
  };

  const holdersOf = (triangles: readonly NamedRings[], points: readonly Position[]) => {
    const alone = triangles.map((triangle) => namesAt(gridOf([triangle]), points));
    return points.map((_, k) => alone.map((names) => names[k]).filter((name) => name !== undefined));
  };

  it("hold every point between them exactly once: inside, on their edges and at their vertices", () => {
    fc.assert(
      fc.property(
        meshes,
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        ({ triangles, vertices }, share) => {
          const points = pointsBetween(vertices, share);
          const together = namesAt(gridOf(triangles), points);
          expect(holdersOf(triangles, points)).toEqual(together.map((name) => [name]));
        },
      ),
      { numRuns: runs(15, 4) },
    );
  });

  it("leave no point out within rounding of a vertex, where the first of them has it", () => {
    const shares = fc.oneof(
      fc.integer({ min: 1, max: 64 }).map((k) => k * 2 ** -53),
      fc.integer({ min: 1, max: 64 }).map((k) => 1 - k * 2 ** -53),
    );
    fc.assert(
      fc.property(meshes, shares, ({ triangles, vertices }, share) => {
        const points = pointsBetween(vertices, share);
        const holders = holdersOf(triangles, points);
        expect(holders.every(({ length }) => length % 2 === 1)).toBe(true);
        expect(namesAt(gridOf(triangles), points)).toEqual(holders.map(([first]) => first));
      }),
      { numRuns: runs(15, 4) },
    );
  });
});
