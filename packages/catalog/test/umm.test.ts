import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { granuleOf, groundTrack, icesat2Orbit, itemsFromUmm, type OrbitPass } from "../src/index.js";
import { lonLatOf, plainVectorOf } from "@zagg/sphere";
import { isInside, ringsOf } from "./on-rings.js";

const points = (...places: [number, number][]) => ({
  Points: places.map(([Longitude, Latitude]) => ({ Longitude, Latitude })),
});

function granule(geometry: object, parts: object = {}) {
  const umm = {
    GranuleUR: "A",
    SpatialExtent: { HorizontalSpatialDomain: geometry },
    TemporalExtent: {
      RangeDateTime: {
        BeginningDateTime: "2019-02-21T12:19:05.196Z",
        EndingDateTime: "2019-02-21T12:24:16.042Z",
      },
    },
    CollectionReference: { ShortName: "ATL06", Version: "006" },
    RelatedUrls: [
      { URL: "https://data.example.org/A.h5", Type: "GET DATA" },
      { URL: "s3://bucket/A.h5", Type: "GET DATA VIA DIRECT ACCESS" },
      { URL: "https://data.example.org/A.iso.xml", Type: "VIEW RELATED INFORMATION" },
      { URL: "https://data.example.org/A.png", Type: "GET RELATED VISUALIZATION" },
      { URL: "https://example.org/guide", Type: "VIEW RELATED INFORMATION", Subtype: "USER'S GUIDE" },
    ],
    DataGranule: { ArchiveAndDistributionInformation: [{ SizeInBytes: 12345, Size: 0.01, SizeUnit: "MB" }] },
    ...parts,
  };
  return { meta: { "revision-date": "2021-11-23T06:14:29.307Z" }, umm };
}

const outline = { Boundary: points([0, 0], [4, 0], [4, 4], [0, 4], [0, 0]) };

describe("itemsFromUmm", () => {
  it("reads what a granule says of its files, its time and its size", () => {
    const page = { items: [granule({ Geometry: { GPolygons: [outline] } })] };
    expect(itemsFromUmm(page)).toMatchObject({
      problems: [],
      items: [
        {
          id: "A",
          collection: "ATL06_006",
          start: "2019-02-21T12:19:05.196Z",
          end: "2019-02-21T12:24:16.042Z",
          updated: "2021-11-23T06:14:29.307Z",
          bytes: 12345,
          assets: {
            data: { href: "https://data.example.org/A.h5", roles: ["data"] },
            data_s3: { href: "s3://bucket/A.h5", roles: ["data"] },
            metadata: { href: "https://data.example.org/A.iso.xml", roles: ["metadata"] },
          },
        },
      ],
    });
  });

  it("takes exclusive zones for holes, and several polygons for one footprint", () => {
    const zone = { Boundaries: [points([1, 1], [2, 1], [2, 2], [1, 2], [1, 1])] };
    const [item] = itemsFromUmm({
      items: [granule({ Geometry: { GPolygons: [{ ...outline, ExclusiveZone: zone }, outline] } })],
    })!.items;
    const { footprint } = granuleOf(item!);
    expect(footprint?.map((polygon) => polygon.length)).toEqual([2, 1]);
  });

  it("makes polygons of boxes that hold every point of them", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -180, max: 180, noNaN: true }),
        fc.double({ min: 0.1, max: 359.9, noNaN: true }),
        fc
          .tuple(fc.double({ min: -90, max: 90, noNaN: true }), fc.double({ min: -90, max: 90, noNaN: true }))
          .filter(([a, b]) => Math.abs(a - b) > 0.1),
        fc.double({ min: 0.001, max: 0.999, noNaN: true }),
        fc.double({ min: 0.001, max: 0.999, noNaN: true }),
        (west, width, [a, b], u, v) => {
          const [south, north] = [Math.min(a, b), Math.max(a, b)];
          const east = west + width > 180 && width <= 180 ? west + width - 360 : Math.min(180, west + width);
          fc.pre(Math.abs(east - west) > 0.1);
          const box = {
            WestBoundingCoordinate: west,
            SouthBoundingCoordinate: south,
            EastBoundingCoordinate: east,
            NorthBoundingCoordinate: north,
          };
          const found = itemsFromUmm({ items: [granule({ Geometry: { BoundingRectangles: [box] } })] })!;
          const rings = granuleOf(found.items[0]!).footprint!.map((polygon) => polygon[0]!);
          const span = east > west ? east - west : east + 360 - west;
          const point = plainVectorOf(west + u * span, south + v * (north - south));
          expect(rings.some((ring) => isInside(point, ring))).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });

  it("follows a rectangle from its west to its east, even if that is most of the globe across the antimeridian", () => {
    const box = {
      WestBoundingCoordinate: 100,
      SouthBoundingCoordinate: -60,
      EastBoundingCoordinate: -20,
      NorthBoundingCoordinate: -50,
    };
    const found = itemsFromUmm({ items: [granule({ Geometry: { BoundingRectangles: [box] } })] })!;
    expect(found.problems).toEqual([]);
    expect(found.items[0]!.bbox!.map(Math.round)).toEqual([100, -60, -20, -50]);
    const rings = granuleOf(found.items[0]!).footprint!.map((polygon) => polygon[0]!);
    const isIn = (lon: number): boolean => rings.some((ring) => isInside(plainVectorOf(lon, -55), ring));
    expect([101, 180, -179, -90, -21, -19, 0, 99].map(isIn)).toEqual([
      ...Array<boolean>(5).fill(true),
      ...Array<boolean>(3).fill(false),
    ]);
  });

  it.each([
    ["points", { Geometry: { Points: [{ Longitude: 0, Latitude: 0 }] } }, "CATALOG_NO_AREA"],
    ["lines", { Geometry: { Lines: [points([0, 0], [1, 1])] } }, "CATALOG_NO_AREA"],
    ["nothing", {}, "CATALOG_NO_AREA"],
    [
      "a polygon of two corners",
      { Geometry: { GPolygons: [{ Boundary: points([0, 0], [1, 1]) }] } },
      "REGION_RING",
    ],
    [
      "a latitude of 91",
      { Geometry: { GPolygons: [{ Boundary: points([0, 0], [1, 91], [2, 0]) }] } },
      "REGION_COORDINATE",
    ],
    [
      "a text for a longitude",
      { Geometry: { GPolygons: [{ Boundary: { Points: [{ Longitude: "0", Latitude: 0 }] } }] } },
      "CATALOG_ITEM",
    ],
    [
      "an orbit that goes neither way",
      {
        Orbit: {
          AscendingCrossing: 0,
          StartLatitude: 0,
          StartDirection: "X",
          EndLatitude: 1,
          EndDirection: "A",
        },
      },
      "CATALOG_ORBIT",
    ],
  ])("names a granule whose extent is %s, and reads the rest", (_what, domain, code) => {
    const page = {
      items: [granule(domain), granule({ Geometry: { GPolygons: [outline] } }, { GranuleUR: "B" })],
    };
    const { items, problems } = itemsFromUmm(page)!;
    expect(items.map(({ id }) => id)).toEqual(["B"]);
    expect(problems.map(({ id, error }) => [id, error.code])).toEqual([["A", code]]);
  });

  it("takes nothing else for a page", () => {
    for (const value of [null, 7, [], {}, { items: [{}] }, { items: 7 }, { features: [] }])
      expect(itemsFromUmm(value)).toBeUndefined();
    expect(itemsFromUmm({ hits: 0, items: [] })).toEqual({ items: [], problems: [] });
  });
});

const real = fileURLToPath(
  new URL("../../../../shared/data/catalogs/cmr_granules_atl06_umm.json", import.meta.url),
);

describe.runIf(existsSync(real))("a real page (only where ../shared stands)", () => {
  it("has a granule with an orbit, which its times agree with", () => {
    const { items, problems } = itemsFromUmm(JSON.parse(readFileSync(real, "utf8")))!;
    expect(problems).toEqual([]);
    expect(items).toMatchObject([
      {
        id: "ATL06_20190221121851_08410203_005_01.h5",
        bytes: 59_194_082,
        updated: "2021-11-23T06:14:29.307Z",
        assets: { data: { roles: ["data"] } },
      },
    ]);
    const [, south, , north] = items[0]!.bbox!;
    expect([south, north].map(Math.round)).toEqual([59, 80]);
    // Seconds from the equator crossing, at the spacecraft's pace, lead to where the granule begins and ends.
    const pass: OrbitPass = {
      ascendingCrossing: -40.35812957405553,
      startLatitude: 59.5,
      startDirection: "A",
      endLatitude: 80,
      endDirection: "A",
    };
    const latitudeAfter = (seconds: number) =>
      lonLatOf(groundTrack(pass).at((360 * seconds) / (60 * icesat2Orbit.periodMinutes)))[1];
    const crossing = Date.parse("2019-02-21T12:03:18.922Z");
    expect(latitudeAfter((Date.parse(items[0]!.start!) - crossing) / 1000)).toBeCloseTo(60.3, 0);
    expect(latitudeAfter((Date.parse(items[0]!.end!) - crossing) / 1000)).toBeCloseTo(79.9, 0);
  });

  // From the granules themselves: orbit_info/lan, and the first place of a beam.
  it.each([
    {
      name: "ATL06_20230816234629_08822013",
      crossing: 71.24660564,
      place: [52.72216, -46.47619],
      from: [-79, "A"],
      to: [0, "A"],
    },
    {
      name: "ATL03_20220401 over Wyoming",
      crossing: 80.59117054,
      place: [-106.56985, 41.53913],
      from: [59.5, "D"],
      to: [27, "D"],
    },
  ] as const)("leads the swath of $name over ground that it measured", ({ crossing, place, from, to }) => {
    const pass: OrbitPass = {
      ascendingCrossing: crossing,
      startLatitude: from[0],
      startDirection: from[1],
      endLatitude: to[0],
      endDirection: to[1],
    };
    expect(ringsOf(pass).some((ring) => isInside(plainVectorOf(place[0], place[1]), ring))).toBe(true);
  });
});
