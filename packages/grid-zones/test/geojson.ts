/** Zones for tests. */
import type { ZonesParams } from "../src/index.js";

export type Position = readonly [lon: number, lat: number];

export interface NamedRings {
  readonly name: string;
  /** Polygons of rings, each ring closed or not. */
  readonly polygons: readonly (readonly (readonly Position[])[])[];
}

export function collectionOf(zones: readonly NamedRings[]): ZonesParams["geojson"] {
  return {
    type: "FeatureCollection",
    features: zones.map(({ name, polygons }) => ({
      type: "Feature",
      properties: { name },
      geometry: { type: "MultiPolygon", coordinates: polygons },
    })),
  };
}

/** A box of four vertices; its parallels are great circles between them. */
export function box(west: number, south: number, east: number, north: number): readonly Position[] {
  return [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
  ];
}

/** One zone with one polygon of these rings. */
export function zone(name: string, ...rings: readonly (readonly Position[])[]): NamedRings {
  return { name, polygons: [rings] };
}
