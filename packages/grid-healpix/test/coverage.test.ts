import { isCodedError, type Region, type Ring } from "@zagg/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { coverRegion } from "../src/cover/cover-region.js";
import { regionCells } from "../src/cover/region-cells.js";
import { cellCenterVector, cellCornerVectors, facePointVector } from "../src/kernels/cell-geometry.js";
import { assignNested } from "../src/kernels/nested.js";
import {
  angleBetween,
  circle,
  cross,
  distanceToRing,
  lonLatOf,
  ringOf,
  ringVectors,
  unit,
  vectorOf,
  windsAround,
  type Vector,
} from "./spherical-oracle.js";

/** Points that lie nearer to an edge than this may be judged either way by the slow oracle, whose angles round. */
const ORACLE_RAD = 1e-9;

/** A curved side counts as touched within half a percent of the circumradius at most; twice that for the net's rounding. */
const BAND_PART = 0.01;

const cellsOf = (region: Region, order: number): Set<bigint> =>
  new Set(coverRegion(region, order, "geodetic"));

const cellAt = (order: number, lon: number, lat: number): bigint => {
  const id = new BigUint64Array(1);
  assignNested(order, Float64Array.of(lon), Float64Array.of(lat), "geodetic", id);
  return id[0] as bigint;
};

/** Every cell of an order that some sampled point of the polygon's inside lies in, by brute force over all cells. */
function sampledCells(rings: readonly (readonly Vector[])[], order: number, samples: number): Set<bigint> {
  const inside = new Set<bigint>();
  const side = 2 ** order;
  const point = new Float64Array(3);
  for (let face = 0; face < 12; face++) {
    for (let i = 0; i < side * samples; i++) {
      for (let j = 0; j < side * samples; j++) {
        facePointVector(order, face, (i + 0.5) / samples, (j + 0.5) / samples, point);
        const p: Vector = [point[0] as number, point[1] as number, point[2] as number];
        const held = rings.filter((ring) => windsAround(ring, p)).length % 2 === 1;
        if (held && rings.every((ring) => distanceToRing(ring, p) > ORACLE_RAD)) {
          inside.add(cellAt(order, ...lonLatOf(p)));
        }
      }
    }
  }
  return inside;
}

/** Asserts that every cell meets the polygon: some point of a fine net over it is inside, or as near as the net is fine. */
function expectAllTouched(rings: readonly Ring[], order: number): void {
  const vectors = rings.map(ringVectors);
  const cells = regionCells([rings], order, "geodetic");
  const point = new Float64Array(3);
  const corners = new Float64Array(12);
  const net = 8;
  for (let k = 0; k < cells.count; k++) {
    const [face, ix, iy] = [cells.face[k], cells.ix[k], cells.iy[k]] as [number, number, number];
    cellCenterVector(order, face, ix, iy, point);
    const centre = Array.from(point) as unknown as Vector;
    cellCornerVectors(order, face, ix, iy, corners);
    const radius = Math.max(
      ...[0, 3, 6, 9].map((at) =>
        angleBetween(centre, Array.from(corners.subarray(at, at + 3)) as unknown as Vector),
      ),
    );
    let least = Infinity;
    for (let i = 0; i <= net; i++) {
      for (let j = 0; j <= net; j++) {
        facePointVector(order, face, ix + i / net, iy + j / net, point);
        const p = Array.from(point) as unknown as Vector;
        const held = vectors.filter((ring) => windsAround(ring, p)).length % 2 === 1;
        least = Math.min(least, held ? 0 : Math.min(...vectors.map((ring) => distanceToRing(ring, p))));
      }
    }
    // A point of the cell is at most half a net diagonal from a net point; a diagonal is two circumradii long.
    expect(least).toBeLessThanOrEqual(radius * (1 / net + BAND_PART));
  }
}

/** Directions biased to poles, antimeridian, face corners and the kink of the projection. */
const direction: fc.Arbitrary<Vector> = fc.oneof(
  fc
    .tuple(fc.double({ min: -1, max: 1, noNaN: true }), fc.double({ min: -180, max: 180, noNaN: true }))
    .map(([z, lon]) => vectorOf(lon, (Math.asin(z) * 180) / Math.PI)),
  fc.constantFrom<Vector>(
    [0, 0, 1],
    [0, 0, -1],
    [-1, 0, 0],
    [1, 0, 0],
    unit([1, 1, 0]),
    unit([1, 0, 1]),
    vectorOf(45, 41.810314895778596),
    vectorOf(180, -41.810314895778596),
    vectorOf(179.999, 89.5),
    vectorOf(-90, -89.9),
  ),
);

/** A star-shaped ring around a direction. */
const star = fc
  .tuple(
    direction,
    fc.array(fc.double({ min: 0.15, max: 1, noNaN: true }), { minLength: 3, maxLength: 9 }),
    fc.double({ min: 0.01, max: 1.2, noNaN: true }),
    fc.boolean(),
  )
  .map(([centre, reaches, size, reversed]) => {
    const ring = circle(centre, size, reaches.length);
    const lonLat = ringVectors(ring).map((v, k) => {
      const reach = reaches[k] as number;
      return lonLatOf(
        unit(
          [0, 1, 2].map(
            (i) => (1 - reach) * (centre[i] as number) + reach * (v[i] as number),
          ) as unknown as Vector,
        ),
      );
    });
    return ringOf(...(reversed ? lonLat.reverse() : lonLat));
  });

describe("coverage of a polygon", () => {
  it("holds every cell in which an inner point lies, at orders 0 to 3", () => {
    fc.assert(
      fc.property(star, fc.integer({ min: 0, max: 3 }), (ring, order) => {
        const covered = cellsOf([[ring]], order);
        for (const cell of sampledCells([ringVectors(ring)], order, order < 3 ? 6 : 3))
          expect(covered).toContain(cell);
      }),
      { numRuns: 25 },
    );
  });

  it("holds every cell in which an inner point lies, at every order to 29", () => {
    fc.assert(
      fc.property(
        star,
        fc.integer({ min: 0, max: 29 }),
        fc.double({ min: 0.2, max: 6, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (ring, order, cellsAcross, along, inward) => {
          const small = shrunk(ring, (cellsAcross * 2 ** -order) / 2);
          const vectors = ringVectors(small);
          const covered = cellsOf([[small]], order);
          const p = pointInside(vectors, along, inward);
          if (windsAround(vectors, p)) expect(covered).toContain(cellAt(order, ...lonLatOf(p)));
          for (let i = 0; i < vectors.length; i++) {
            expect(covered).toContain(cellAt(order, small.lonDeg[i] as number, small.latDeg[i] as number));
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it("holds the cells on both sides of a curved side that a small polygon just reaches over", () => {
    const point = new Float64Array(3);
    const part = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        fc.constantFrom(0, 2, 8, 11),
        fc.integer({ min: 1, max: 5 }),
        fc.nat(3),
        part,
        fc.double({ min: -4, max: -0.7, noNaN: true }),
        part,
        (face, order, row, along, sizeLog, shape) => {
          const ix =
            face < 4 ? 2 ** order - 1 - Math.min(row, 2 ** order - 1) : Math.min(row, 2 ** order - 1);
          const iy = face < 4 ? 2 ** order - 1 : 0;
          facePointVector(order, face, ix + along, iy + (face < 4 ? 0 : 1), point);
          const centre: Vector = [point[0]!, point[1]!, point[2]!];
          const ring = circle(centre, 10 ** sizeLog * 2 ** -order, 3 + Math.floor(3 * shape));
          const vectors = ringVectors(ring);
          const covered = cellsOf([[ring]], order);
          for (let i = 0; i < vectors.length; i++) {
            for (let step = 0; step < 64; step++) {
              // Just inside each edge, where slivers lie.
              const [a, b] = [vectors[i]!, vectors[(i + 1) % vectors.length]!];
              const t = (step + shape) / 65;
              const edge = [0, 1, 2].map((k) => (1 - t) * a[k]! + t * b[k]!);
              const p = unit(
                [0, 1, 2].map((k) => edge[k]! + 1e-3 * (centre[k]! - edge[k]!)) as unknown as Vector,
              );
              expect(covered).toContain(cellAt(order, ...lonLatOf(p)));
            }
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it("holds no cell that is farther from the polygon than its own size", () => {
    fc.assert(
      fc.property(star, fc.integer({ min: 0, max: 4 }), (ring, order) => expectAllTouched([ring], order)),
      { numRuns: 25 },
    );
  });

  it("is the same for either direction of a ring that fits in a hemisphere, and for any first vertex", () => {
    fc.assert(
      fc.property(star, fc.nat(8), (ring, first) => {
        const places = Array.from(ring.lonDeg, (lon, i) => [lon, ring.latDeg[i] as number] as const);
        const turned = [...places.slice(first % places.length), ...places.slice(0, first % places.length)];
        const expected = coverRegion([[ring]], 5, "geodetic");
        expect(coverRegion([[ringOf(...turned)]], 5, "geodetic")).toEqual(expected);
        expect(coverRegion([[ringOf(...turned.reverse())]], 5, "geodetic")).toEqual(expected);
      }),
      { numRuns: 40 },
    );
  });

  it("ascends and holds each cell once", () => {
    fc.assert(
      fc.property(star, star, (a, b) => {
        const cells = coverRegion([[a], [b]], 4, "geodetic");
        for (let k = 1; k < cells.length; k++) expect(cells[k]! > cells[k - 1]!).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it("of several polygons is the union of theirs", () => {
    fc.assert(
      fc.property(star, star, (a, b) => {
        const united = new Set([...cellsOf([[a]], 4), ...cellsOf([[b]], 4)]);
        expect(cellsOf([[a], [b]], 4)).toEqual(united);
      }),
      { numRuns: 40 },
    );
  });

  it("nests: the cells of an order are within those of the order before", () => {
    fc.assert(
      fc.property(star, fc.integer({ min: 1, max: 5 }), (ring, order) => {
        const coarse = cellsOf([[ring]], order - 1);
        for (const cell of cellsOf([[ring]], order)) expect(coarse).toContain(cell >> 2n);
      }),
      { numRuns: 40 },
    );
  });
});

/** A ring drawn towards its first vertex until no vertex is farther than this from it. */
function shrunk(ring: Ring, sizeRad: number): Ring {
  const vectors = ringVectors(ring);
  const first = vectors[0] as Vector;
  const reach = Math.max(...vectors.map((v) => angleBetween(first, v)));
  const part = Math.min(1, sizeRad / reach);
  return ringOf(
    ...vectors.map((v) =>
      lonLatOf(unit([0, 1, 2].map((i) => first[i]! + part * (v[i]! - first[i]!)) as unknown as Vector)),
    ),
  );
}

function pointInside(ring: readonly Vector[], along: number, inward: number): Vector {
  const a = ring[Math.floor(along * (ring.length - 1))] as Vector;
  const b = ring[(Math.floor(along * (ring.length - 1)) + 1) % ring.length] as Vector;
  const c = ring[(Math.floor(along * (ring.length - 1)) + 2) % ring.length] as Vector;
  return unit(
    [0, 1, 2].map((i) => inward * a[i]! + (1 - inward) * (b[i]! + c[i]!) * 0.5) as unknown as Vector,
  );
}

describe("coverage of a region where the sphere is awkward", () => {
  it("covers a cap around each pole whatever the direction of its ring", () => {
    for (const sign of [1, -1]) {
      const places = [0, 60, 120, 180, 240, 300].map((lon) => [lon, sign * 80] as const);
      for (const ring of [ringOf(...places), ringOf(...[...places].reverse())]) {
        const covered = cellsOf([[ring]], 4);
        for (const lon of [0, 90, 180, 270]) expect(covered).toContain(cellAt(4, lon, sign * 89.99));
        expect(covered).not.toContain(cellAt(4, 0, 0));
        expect(covered).not.toContain(cellAt(4, 0, -sign * 89));
      }
    }
  });

  it("covers a box across the antimeridian, not the rest of the world", () => {
    for (const west of [170, -190]) {
      const east = west + 20;
      const covered = cellsOf([[ringOf([west, -5], [east, -5], [east, 5], [west, 5])]], 5);
      for (const lon of [171, 179.9, 180, -180, -179.9, -171]) expect(covered).toContain(cellAt(5, lon, 0));
      for (const lon of [160, -160, 0]) expect(covered).not.toContain(cellAt(5, lon, 0));
    }
  });

  it("gives the same cells when longitudes are whole turns away", () => {
    const places = [
      [-3, 50],
      [4, 51],
      [1, 54],
    ] as const;
    const expected = coverRegion([[ringOf(...places)]], 7, "authalic");
    const turned = ringOf(...places.map(([lon, lat]) => [lon + 720, lat] as const));
    expect(coverRegion([[turned]], 7, "authalic")).toEqual(expected);
  });

  it("leaves out a hole, and keeps the cells on its edge", () => {
    const outer = circle([1, 0, 0], 0.4, 12);
    const hole = circle([1, 0, 0], 0.2, 12);
    const covered = cellsOf([[outer, hole]], 5);
    expect(covered).not.toContain(cellAt(5, 0, 0));
    expect(covered).toContain(cellAt(5, 0, 17));
    const expected = sampledCells([ringVectors(outer), ringVectors(hole)], 4, 3);
    const coarse = cellsOf([[outer, hole]], 4);
    for (const cell of expected) expect(coarse).toContain(cell);
    expectAllTouched([outer, hole], 4);
  });

  it("covers an island in a hole", () => {
    const centre = vectorOf(100, 75);
    const covered = cellsOf([[circle(centre, 0.5, 9), circle(centre, 0.3, 9), circle(centre, 0.1, 9)]], 6);
    expect(covered).toContain(cellAt(6, 100, 75));
    expect(covered).not.toContain(cellAt(6, 100, 63));
    expect(covered).toContain(cellAt(6, 100, 51));
  });

  it("gives a polygon inside one cell that cell alone", () => {
    for (const [lon, lat] of [
      [10.3, 20.2],
      [-179.7, 88.3],
      [33, -89.2],
    ] as const) {
      const tiny = circle(vectorOf(lon, lat), 1e-7, 5);
      expect([...cellsOf([[tiny]], 8)]).toEqual([cellAt(8, lon, lat)]);
      expect([...cellsOf([[tiny]], 0)]).toEqual([cellAt(0, lon, lat)]);
    }
  });

  it("follows a sliver from end to end", () => {
    const sliver = ringOf([-60, 10], [20, 40], [20, 40 + 1e-9]);
    const covered = cellsOf([[sliver]], 9);
    const [a, b] = ringVectors(sliver) as [Vector, Vector];
    for (let step = 1; step < 2000; step++) {
      const t = step / 2000;
      const p = unit([0, 1, 2].map((i) => (1 - t) * a[i]! + t * b[i]!) as unknown as Vector);
      expect(covered).toContain(cellAt(9, ...lonLatOf(p)));
    }
    expect(covered.size).toBeLessThan(3000);
  });

  it("takes what lies to the left of a ring larger than a hemisphere", () => {
    const parallel = [0, 45, 90, 135, 180, 225, 270, 315].map((lon) => [lon, -20] as const);
    const twoRows = [0, 22.5, 45, 67.5].flatMap((shift) => [[shift * 4, 30 + (shift % 45 ? 0 : 1)] as const]);
    expect(twoRows).toHaveLength(4);
    const zigzag = Array.from({ length: 24 }, (_, k) => [15 * k, k % 2 ? 25 : -25] as const);
    const north = cellsOf([[ringOf(...zigzag)]], 4);
    expect(north).toContain(cellAt(4, 10, 80));
    expect(north).not.toContain(cellAt(4, 10, -80));
    const south = cellsOf([[ringOf(...[...zigzag].reverse())]], 4);
    expect(south).toContain(cellAt(4, 10, -80));
    expect(south).not.toContain(cellAt(4, 10, 80));
    expect(north.size + south.size).toBeGreaterThan(12 * 4 ** 4);
    const small = cellsOf([[ringOf(...parallel)]], 4);
    expect(small).toContain(cellAt(4, 0, -89));
    expect(small).not.toContain(cellAt(4, 0, 89));
  });

  it("halves the sphere along the equator: the left side, and the cells on the line", () => {
    const equator = [0, 60, 120, 180, 240, 300].map((lon) => [lon, 0] as const);
    const north = coverRegion([[ringOf(...equator)]], 3, "geodetic");
    const south = coverRegion([[ringOf(...[...equator].reverse())]], 3, "geodetic");
    const onTheLine = 4 * 2 ** 3;
    const touching = 2 * onTheLine;
    expect(north.length).toBeGreaterThanOrEqual((12 * 4 ** 3) / 2 + onTheLine / 2);
    expect(north.length).toBeLessThanOrEqual((12 * 4 ** 3) / 2 + touching);
    expect(south.length).toBe(north.length);
  });

  it("covers all neighbours of a cell corner that a polygon surrounds", () => {
    // The north corner of cell 0 at order 2 belongs to four cells.
    const corner = new Float64Array(12);
    cellCornerVectors(2, 0, 0, 0, corner);
    const around = circle([corner[0]!, corner[1]!, corner[2]!], 1e-6, 4);
    expect(cellsOf([[around]], 2).size).toBe(4);
    const pole = circle([0, 0, 1], 1e-6, 4);
    expect(cellsOf([[pole]], 6).size).toBe(4);
    // Where three faces meet there are three cells.
    expect(cellsOf([[circle(vectorOf(0, 41.810314895778596), 1e-6, 5)]], 3).size).toBe(3);
  });

  it("holds a polygon whose vertex touches a cell corner", () => {
    const corner = new Float64Array(12);
    cellCornerVectors(4, 4, 7, 7, corner);
    const [lon, lat] = lonLatOf([corner[6]!, corner[7]!, corner[8]!]);
    const covered = cellsOf([[ringOf([lon, lat], [lon + 20, lat - 3], [lon + 20, lat + 3])]], 4);
    expect(covered).toContain(cellAt(4, lon, lat));
  });

  it("takes edges through cell centres, cell corners and along meridians", () => {
    const octant = ringOf([0, 0], [90, 0], [0, 90]);
    for (const order of [0, 1, 2, 3, 4]) {
      const covered = cellsOf([[octant]], order);
      for (const cell of sampledCells([ringVectors(octant)], order, 3)) expect(covered).toContain(cell);
      expectAllTouched([octant], order);
    }
    const meridians = ringOf([45, -30], [45, 60], [-45, 60], [-45, -30]);
    expectAllTouched([meridians], 3);
    const covered = cellsOf([[meridians]], 3);
    for (const cell of sampledCells([ringVectors(meridians)], 3, 3)) expect(covered).toContain(cell);
  });

  it("ignores repeated vertices, the closing one among them", () => {
    const plain = ringOf([10, 10], [20, 10], [20, 20], [10, 20]);
    const repeated = ringOf([10, 10], [10, 10], [20, 10], [20, 20], [20, 20], [380, 20], [10, 20], [10, 10]);
    expect(coverRegion([[repeated]], 6, "authalic")).toEqual(coverRegion([[plain]], 6, "authalic"));
  });

  it("counts all vertices at a pole as one, as planar data draw Antarctica", () => {
    const drawn = ringOf([-180, -90], [-180, -70], [-90, -70], [0, -70], [90, -70], [180, -70], [180, -90]);
    const covered = cellsOf([[drawn]], 4);
    for (const lon of [-179, -91, 0, 90, 179]) expect(covered).toContain(cellAt(4, lon, -85));
    expect(covered).not.toContain(cellAt(4, 0, 0));
  });

  it("is empty for an empty region", () => {
    expect(coverRegion([], 5, "authalic")).toHaveLength(0);
    expect(coverRegion([[]], 5, "authalic")).toHaveLength(0);
  });

  it("converts latitudes in the authalic convention", () => {
    const neon = ringOf(
      [-76.621242, 38.842973],
      [-76.506054, 38.844515],
      [-76.507957, 38.934599],
      [-76.623291, 38.933052],
    );
    const lonDeg = neon.lonDeg;
    const authalic = coverRegion([[neon]], 11, "authalic");
    const id = new BigUint64Array(4);
    assignNested(11, lonDeg, neon.latDeg, "authalic", id);
    for (const cell of id) expect(authalic).toContain(cell);
    expect(authalic).not.toEqual(coverRegion([[neon]], 11, "geodetic"));
  });
});

describe("bad geometry", () => {
  const refusal = (region: Region, order = 4): unknown => {
    try {
      coverRegion(region, order, "authalic");
    } catch (error) {
      return isCodedError(error) ? error.code : error;
    }
    return undefined;
  };

  it("refuses a ring with fewer than three different vertices", () => {
    expect(refusal([[ringOf()]])).toBe("GEOMETRY_RING");
    expect(refusal([[ringOf([1, 2], [3, 4], [1, 2], [3, 4])]])).toBe("GEOMETRY_RING");
    expect(refusal([[ringOf([-180, -60], [180, -60], [180, -90], [-180, -90])]])).toBe("GEOMETRY_RING");
  });

  it("refuses coordinates that are no places", () => {
    for (const bad of [
      [NaN, 1],
      [1, NaN],
      [Infinity, 1],
      [1, 90.001],
      [1, -91],
    ] as const) {
      expect(refusal([[ringOf([0, 0], [10, 0], bad)]])).toBe("GEOMETRY_COORDINATE");
    }
  });

  it("refuses a ring whose arrays differ in length", () => {
    expect(refusal([[{ lonDeg: new Float64Array(4), latDeg: new Float64Array(3) }]])).toBe("GEOMETRY_RING");
  });

  it("refuses an edge between opposite points, or points that are 2 m from it", () => {
    expect(refusal([[ringOf([0, 0], [180, 0], [90, 45])]])).toBe("GEOMETRY_EDGE");
    expect(refusal([[ringOf([0, 0], [179.99998, 0], [90, 45])]])).toBe("GEOMETRY_EDGE");
    expect(refusal([[ringOf([0, 0], [179.9999, 0], [90, 45])]])).toBeUndefined();
  });

  it("refuses to list more than 50 million cells", () => {
    expect(refusal([[circle([1, 0, 0], 0.5, 8)]], 16)).toBe("GRID_COVERAGE_LIMIT");
  });

  it("throws a RangeError for an order that does not exist", () => {
    for (const order of [-1, 30, 1.5]) {
      expect(() => coverRegion([[circle(cross([1, 0, 0], [0, 1, 0]), 0.1, 4)]], order, "authalic")).toThrow(
        RangeError,
      );
    }
  });
});
