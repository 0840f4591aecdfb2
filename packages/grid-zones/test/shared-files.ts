/** Real polygons, when the shared folder is beside the repository. */
import { existsSync, readFileSync } from "node:fs";
import type { ZonesParams } from "../src/index.js";
import { collectionOf, type Position } from "./geojson.js";

const folder = new URL("../../../../shared/data/polygons/", import.meta.url);

export const sharedPolygonsExist = existsSync(folder);

export function antarcticBasin(): ZonesParams["geojson"] {
  return JSON.parse(
    readFileSync(new URL("Antarctica_IMBIE27.geojson", folder), "utf8"),
  ) as ZonesParams["geojson"];
}

interface Topology {
  readonly transform: { readonly scale: Position; readonly translate: Position };
  readonly arcs: readonly (readonly Position[])[];
  readonly objects: { readonly countries: { readonly geometries: readonly Country[] } };
}

interface Country {
  readonly type: "Polygon" | "MultiPolygon";
  readonly arcs: readonly unknown[];
  readonly properties: { readonly name: string };
}

/** 177 countries, decoded from TopoJSON (deltas of integers, arcs shared and reversed). */
export function countries(): ZonesParams["geojson"] {
  const text = readFileSync(new URL("world_atlas_countries-110m.topojson", folder), "utf8");
  const { transform, arcs, objects } = JSON.parse(text) as Topology;
  const [[scaleX, scaleY], [left, bottom]] = [transform.scale, transform.translate];
  const lines = arcs.map((arc) => {
    let x = 0;
    let y = 0;
    return arc.map(([dx, dy]): Position => {
      x += dx;
      y += dy;
      return [x * scaleX + left, y * scaleY + bottom];
    });
  });
  const ringOf = (indices: readonly number[]) =>
    indices.flatMap((index) => {
      const line = (index < 0 ? [...(lines[~index] ?? [])].reverse() : (lines[index] ?? [])) as Position[];
      return line.slice(0, -1);
    });
  return collectionOf(
    objects.countries.geometries.map(({ type, arcs: rings, properties }) => {
      const polygons = (type === "Polygon" ? [rings] : rings) as readonly (readonly (readonly number[])[])[];
      // Quantized to 110 m maps, one islet has two places left.
      const areas = polygons
        .map((polygon) => polygon.map(ringOf))
        .filter(([outer]) => new Set(outer?.map(String)).size > 2);
      return { name: properties.name, polygons: areas };
    }),
  );
}
