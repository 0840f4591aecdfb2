/**
 * Coverage of real polygons against inner points and distances that are found without it; runs where the shared folder
 * stands beside the repository. Each family gets PROOF_POINTS points in all (100,000 by default), or so many per polygon
 * with PROOF_EACH=1.
 */
import { describe, expect, it } from "vitest";
import { proveHealpix, proveTiles, type Proof } from "./proofs/prove.js";
import { countryPolygons, geoJsonPolygons, type NamedPolygon } from "./proofs/shared-polygons.js";
import { planarShape } from "./proofs/shapes.js";
import { tiledGrid } from "./proofs/tiled-grids.js";
import { hasShared } from "./shared.js";

const POINTS = Number(process.env["PROOF_POINTS"] ?? 100_000);
const PROOF_TIMEOUT_MS = 3_600_000;
const EACH = process.env["PROOF_EACH"] === "1";

/** The centre of a cell that is touched at a corner is as far as its circumradius; the corner is rounded. */
const FARTHEST_CELL = 1 + 1e-6;

/** What is nearer than 2^-17 of a tile's side touches it: 1.1e-5 of its circumradius. */
const FARTHEST_TILE = 1 + 2e-5;

const smallAreas = ["grandmesa", "dicksonfjord", "bahia_de_jiguey"];
const families: readonly (readonly [string, () => NamedPolygon[], readonly number[]])[] = hasShared
  ? [
      ["small areas", () => smallAreas.flatMap(geoJsonPolygons), [0, 5, 9, 12, 15]],
      ["Antarctica's drainage basins", () => geoJsonPolygons("Antarctica_IMBIE27"), [0, 4, 8, 10]],
      ["the countries of the world", countryPolygons, [0, 2, 5, 8]],
    ]
  : [];

function total(proofs: readonly Proof[]): Proof {
  return proofs.reduce(
    (a, b) => ({
      missed: a.missed + b.missed,
      points: a.points + b.points,
      cells: a.cells + b.cells,
      farthest: Math.max(a.farthest, b.farthest),
    }),
    { missed: 0, points: 0, cells: 0, farthest: 0 },
  );
}

function report(what: string, { points, cells, missed, farthest }: Proof): void {
  if (EACH)
    console.log(
      `${what}: ${points} points, ${missed} missed; ${cells} cells, the farthest ${farthest} radii`,
    );
}

describe.runIf(hasShared).each(families)("coverage of %s", (family, polygonsOf, orders) => {
  const polygons = hasShared ? polygonsOf() : [];
  const each = EACH ? POINTS : Math.ceil(POINTS / polygons.length);

  it.each(["geodetic", "authalic"] as const)(
    "by HEALPix cells holds every inner point and nothing far, in %s latitude",
    (latitude) => {
      const proofs = orders.map((): Proof[] => []);
      for (const { polygon } of polygons) {
        const shape = planarShape([polygon], latitude);
        const points = shape.points(each);
        orders.forEach((order, k) => proofs[k]?.push(proveHealpix(shape, points, order, latitude)));
      }
      orders.forEach((order, k) => {
        const proof = total(proofs[k]!);
        report(`${family}, ${latitude}, order ${order}`, proof);
        expect(proof.missed).toBe(0);
        expect(proof.points).toBe(each * polygons.length);
        expect(proof.cells).toBeGreaterThanOrEqual(polygons.length);
        expect(proof.farthest).toBeLessThanOrEqual(FARTHEST_CELL);
      });
    },
    PROOF_TIMEOUT_MS,
  );
});

const world = [-180, -90, 180, 90] as const;
const tilings = [
  ["EPSG:4326", 5, world, /./],
  ["EPSG:4326", 1, world, /./],
  ["EPSG:3857", 400_000, [-20037508, -20037508, 20037508, 20037508], /^(?!Antarctica)/],
  ["EPSG:3031", 250_000, [-4e6, -4e6, 4e6, 4e6], /Antarctica|IMBIE/],
  ["EPSG:3413", 250_000, [-5e6, -5e6, 5e6, 5e6], /Greenland|Canada|Russia|Norway|Iceland|dicksonfjord/],
  ["EPSG:32612", 10_000, [0, 4e6, 1e6, 5e6], /grandmesa/],
  ["EPSG:32618", 100_000, [-1e6, 0, 2e6, 9e6], /bahia|Cuba|United States|Canada|Colombia|Jamaica|Russia/],
] as const;

describe.runIf(hasShared).each(tilings)(
  "coverage by tiles of %s, %d units aside,",
  (crs, side, bounds, fitting) => {
    it("holds every inner point of real polygons and nothing far", { timeout: PROOF_TIMEOUT_MS }, () => {
      const tiled = tiledGrid(crs, side, bounds);
      const polygons = families
        .flatMap(([, polygonsOf]) => polygonsOf())
        .filter(({ name }) => fitting.test(name));
      const each = EACH ? POINTS : Math.ceil(POINTS / polygons.length);
      const proof = total(
        polygons.map(({ polygon }) => {
          const shape = planarShape([polygon], "geodetic");
          return proveTiles(shape, shape.points(each), tiled);
        }),
      );
      report(tiled.name, proof);
      expect(proof.missed).toBe(0);
      expect(proof.points).toBeGreaterThan(POINTS / 4);
      expect(proof.farthest).toBeLessThanOrEqual(FARTHEST_TILE);
    });
  },
);
