/** The polygons of the shared folder, each by itself. */
import { readFileSync } from "node:fs";
import { type Polygon } from "@zagg/core";
import { regionFromGeoJson } from "@zagg/sphere";
import { sharedPath } from "../shared.js";
import { ringOf, type LonLat } from "./sphere.js";

export interface NamedPolygon {
  readonly name: string;
  readonly polygon: Polygon;
}

const read = (name: string): unknown => JSON.parse(readFileSync(sharedPath(`data/polygons/${name}`), "utf8"));

export function geoJsonPolygons(name: string): NamedPolygon[] {
  return regionFromGeoJson(read(`${name}.geojson`)).map((polygon, k) => ({ name: `${name} ${k}`, polygon }));
}

interface Topology {
  readonly transform: { readonly scale: LonLat; readonly translate: LonLat };
  readonly arcs: readonly (readonly LonLat[])[];
  readonly objects: {
    readonly countries: {
      readonly geometries: readonly {
        readonly type: "Polygon" | "MultiPolygon";
        readonly arcs: readonly unknown[];
        readonly properties: { readonly name: string };
      }[];
    };
  };
}

/**
 * The polygons of countries: TopoJSON, whose arcs are shared by neighbours and count steps from point to point. Pieces
 * with fewer than three different corners, which coverage refuses, are left out.
 */
export function countryPolygons(): NamedPolygon[] {
  const { transform, arcs, objects } = read("world_atlas_countries-110m.topojson") as Topology;
  const decoded = arcs.map((steps) => {
    let [x, y] = [0, 0];
    return steps.map(([dx, dy]): LonLat => {
      [x, y] = [x + dx, y + dy];
      return [
        x * transform.scale[0] + transform.translate[0],
        y * transform.scale[1] + transform.translate[1],
      ];
    });
  });
  const places = (arc: number): readonly LonLat[] =>
    arc < 0 ? [...decoded[~arc]!].reverse() : decoded[arc]!;
  return objects.countries.geometries.flatMap(({ type, arcs: parts, properties }) =>
    ((type === "Polygon" ? [parts] : parts) as number[][][])
      .map((rings) => rings.map((ring) => ringOf(...ring.flatMap(places))))
      .filter((rings) =>
        rings.every(({ lonDeg, latDeg }) => new Set(lonDeg.map((lon, i) => lon + 1e3 * latDeg[i]!)).size > 2),
      )
      .map((polygon, k) => ({ name: `${properties.name} ${k}`, polygon })),
  );
}
