/** A polygon as the flat arrays that coverage tests run over. */
import type { Polygon, Ring } from "@zagg/core";
import { unitVectors } from "../vector/unit-vectors.js";
import { alongMeridians } from "./pole-to-pole.js";
import { createPolygonArrays, reserveVertices, type PolygonArrays } from "./polygon-arrays.js";
import { dropSeams } from "./drop-seams.js";
import { listNearEdges, writeEdge, type Cap } from "./polygon-edges.js";
import { assertSide, readRing, type VectorWriter } from "./read-ring.js";
import { ringSide, type RingSide } from "./ring-side.js";

/** A polygon in its arrays, which it shares with the next one that is prepared in them; rings follow one another. */
export interface PreparedPolygon extends Readonly<PolygonArrays> {
  readonly edges: number;
  /** How many edges are listed in `near`: normals, middles and chords are those of these edges only. */
  readonly nearEdges: number;
  readonly rings: readonly PreparedRing[];
}

/** One ring within the arrays of its polygon. Of a ring larger than a hemisphere what it walks to and fro is left out. */
export interface PreparedRing {
  /** Its edges: start … stop−1; none when there is nothing but a seam. */
  readonly start: number;
  readonly stop: number;
  readonly side: RingSide;
}

/** How a polygon is prepared. */
export interface Preparation {
  /** Of which the polygon becomes a view; changed. Without, it gets arrays of its own. */
  readonly arrays?: PolygonArrays;
  /** The part of the sphere that matters; without, all of it. */
  readonly cap?: Cap | undefined;
  /** Where places are on the sphere; without, latitudes are those of the sphere. */
  readonly writeVectors?: VectorWriter;
}

/** Holds every point of the sphere. */
const EVERYWHERE: Cap = { x: 0, y: 0, z: 1, chord: 2 };

/** @throws GeometryError `GEOMETRY_RING`, `GEOMETRY_COORDINATE`, `GEOMETRY_EDGE`, `GEOMETRY_CROSSING` */
export function preparePolygon(
  polygon: Polygon,
  { arrays = createPolygonArrays(0), cap = EVERYWHERE, writeVectors = unitVectors }: Preparation = {},
): PreparedPolygon {
  const given = polygon.map(alongMeridians);
  reserveVertices(
    arrays,
    given.reduce((total, { lonDeg }) => total + lonDeg.length, 0),
  );
  let edges = 0;
  const rings = given.map((ring: Ring, r): PreparedRing => {
    const start = edges;
    edges += readRing(ring, arrays, start, writeVectors);
    const side = ringSide(arrays.vertices, start, edges, r > 0);
    if (side.kind === "large") {
      edges = dropSeams(arrays, start, edges);
      assertSide(arrays, start, edges);
    }
    for (let i = start; i < edges; i++) arrays.next[i] = i + 1 < edges ? i + 1 : start;
    return { start, stop: edges, side };
  });
  const nearEdges = listNearEdges(arrays, edges, cap);
  for (let i = 0; i < nearEdges; i++) writeEdge(arrays, arrays.near[i]!);
  return { ...arrays, edges, nearEdges, rings };
}
