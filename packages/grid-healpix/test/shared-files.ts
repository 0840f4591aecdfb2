/** The sample data beside the repository, when it is there. */
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Polygon, Region, Ring } from "@zagg/core";
import { ringOf } from "./spherical-oracle.js";

const root = new URL("../../../../shared/", import.meta.url);

export function sharedPath(path: string): string {
  return fileURLToPath(new URL(path, root));
}

/** Whether every one of these files is there; tests that need them run only then. */
export function sharedHas(...paths: readonly string[]): boolean {
  return paths.every((path) => existsSync(sharedPath(path)));
}

export function sharedText(path: string): string {
  return readFileSync(sharedPath(path), "utf8");
}

type Position = readonly [number, number];
type Geometry =
  | { readonly type: "Polygon"; readonly coordinates: readonly (readonly Position[])[] }
  | { readonly type: "MultiPolygon"; readonly coordinates: readonly (readonly (readonly Position[])[])[] };

/** The polygons of a GeoJSON feature collection. */
export function geoJsonRegion(path: string): Region {
  const { features } = JSON.parse(sharedText(path)) as { features: { geometry: Geometry }[] };
  return features.flatMap(({ geometry }) =>
    (geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates).map((rings) =>
      rings.map((ring) => ringOf(...ring)),
    ),
  );
}

interface Topology {
  readonly transform: { readonly scale: Position; readonly translate: Position };
  readonly arcs: readonly (readonly Position[])[];
  readonly objects: {
    readonly countries: {
      readonly geometries: readonly {
        readonly type: string;
        readonly arcs: readonly never[];
        readonly properties: { readonly name: string };
      }[];
    };
  };
}

/** The countries of a TopoJSON file by name. */
export function topoJsonCountries(path: string): Map<string, Region> {
  const { transform, arcs, objects } = JSON.parse(sharedText(path)) as Topology;
  const decoded = arcs.map((arc) => {
    let x = 0;
    let y = 0;
    return arc.map(([dx, dy]): Position => {
      x += dx;
      y += dy;
      return [
        x * transform.scale[0] + transform.translate[0],
        y * transform.scale[1] + transform.translate[1],
      ];
    });
  });
  const ringOfArcs = (indices: readonly number[]): Ring =>
    ringOf(...indices.flatMap((index) => (index < 0 ? [...decoded[~index]!].reverse() : decoded[index]!)));
  const polygonOf = (rings: readonly (readonly number[])[]): Polygon => rings.map(ringOfArcs);
  return new Map(
    objects.countries.geometries.map(({ type, arcs: parts, properties }) => [
      properties.name,
      type === "Polygon" ? [polygonOf(parts)] : (parts as readonly (readonly number[])[][]).map(polygonOf),
    ]),
  );
}
