import type { Region } from "@zagg/core";
import { describe, expect, it } from "vitest";
import { healpix } from "../src/healpix.js";
import { ringOf } from "./spherical-oracle.js";

/** The NEON SERC box: 10 km aside in UTM zone 18, its corners in degrees. */
const neon: Region = [
  [
    ringOf(
      [-76.621242, 38.842973],
      [-76.506054, 38.844515],
      [-76.507957, 38.934599],
      [-76.623291, 38.933052],
      [-76.621242, 38.842973],
    ),
  ],
];

/** The keys that the original published for this box at order 11 while it took latitudes as spherical. */
const geodeticKeys: readonly bigint[] = [
  5347394812217655307n,
  5347395361973469195n,
  5347395911729283083n,
  5347396186607190027n,
  5347396461485096971n,
  5347396736363003915n,
  5347397011240910859n,
  5347397286118817803n,
  5347397560996724747n,
  5347397835874631691n,
  5347398110752538635n,
  5347398385630445579n,
  5347398660508352523n,
  5347398935386259467n,
  5347399210264166411n,
  5347399485142073355n,
  5347399760019980299n,
  5347404432944398347n,
  5347404707822305291n,
  5347405532456026123n,
  5347409380746723339n,
  5347411030014165003n,
];

describe("coverage of the NEON box at order 11", () => {
  const grid = healpix.create({ parent_order: 11, child_order: 19, latitude: "geodetic" }, []);

  it("is exactly the 22 published keys in the geodetic convention, key by key", () => {
    expect([...grid.coverer(neon).shardKeys]).toEqual(geodeticKeys);
    expect(geodeticKeys).toHaveLength(22);
  });

  it("is found again by a coverer that is prepared for it", () => {
    const coverer = grid.coverer(neon);
    expect([...coverer.shardKeys]).toEqual(geodeticKeys);
    expect([...coverer.cover(neon)]).toEqual([...geodeticKeys.keys()]);
  });
});
