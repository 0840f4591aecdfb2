import { describe, expect, it } from "vitest";
import { coverRegion } from "../src/cover/cover-region.js";
import { cellCornerVectors } from "../src/kernels/cell-geometry.js";
import { assignNested } from "../src/kernels/nested.js";
import { cellAt, cellsOf, expectAllTouched, sampledCells } from "./coverage-oracle.js";
import { circle, lonLatOf, ringOf, ringVectors, unit, vectorOf, type Vector } from "./spherical-oracle.js";

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

  it("tells the left of a large ring beside another of its edges that comes within 700 metres", () => {
    // The tip of a wedge, open to the north, stands just above the middle of the longest edge.
    const wedge = ringOf(
      [-50, -1],
      [50, -1],
      [90, 10],
      [150, -10],
      [-150, 10],
      [-150, 60],
      [20, 60],
      [0, -1.5497],
      [-20, 60],
      [-90, -10],
    );
    const covered = cellsOf([[wedge]], 5);
    const held = [
      [60, 30],
      [-50, 20],
      [0, 30],
      [0, -60],
    ] as const;
    expect(held.map(([lon, lat]) => covered.has(cellAt(5, lon, lat)))).toEqual([true, true, false, false]);
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
