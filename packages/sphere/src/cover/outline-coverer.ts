/** Coverage by shards of which outlines are known. */
import type { Region, ShardCoverer } from "@zagg/core";
import { edgesMeet } from "../polygon/edges-meet.js";
import { crossesOddly, polygonHolds } from "../polygon/polygon-parity.js";
import { preparePolygon, type PreparedPolygon } from "../polygon/prepared-polygon.js";
import { hemisphereOf } from "../vector/hemisphere.js";
import { capSine, type EdgeList } from "./cap-tree.js";
import { shapeCoverer, type ShardShape } from "./shape-coverer.js";

/** The shards of a grid and their outlines. */
export interface OutlinedShards {
  /** Of every shard, ascending. */
  readonly keys: BigUint64Array;
  /** Outline of a shard: any polygons, whose edges are great circles; holes are left out of it. */
  outlineOf(key: bigint): Region;
}

/** Covers the rounding of the chord of a cap. */
const SLACK = 1e-9;

/**
 * What `GridPlugin.coverer` has to be, for a grid whose shards have outlines with great circles as edges. A shard is met when its closed
 * outline has a point in common with a region: an edge within 1e-14 radians of an outline touches it. At most some hundred thousand
 * shards; for boxes between meridians and parallels there is {@link boxCoverer}.
 *
 * @example
 * const coverer = outlineCoverer({ keys: BigUint64Array.of(0n, 1n), outlineOf: (key) => outlines[Number(key)] });
 * coverer(region).shardKeys; // those that the region meets, ascending
 * coverer(region).cover(footprint); // Uint32Array of indices into them
 */
export function outlineCoverer({ keys, outlineOf }: OutlinedShards): (region: Region) => ShardCoverer {
  return shapeCoverer(keys, (key) => outlineShape(outlineOf(key).map((polygon) => preparePolygon(polygon))));
}

function outlineShape(parts: readonly PreparedPolygon[]): ShardShape {
  return {
    writeCap(out, at) {
      const vertices = new Float64Array(parts.reduce((total, { edges }) => total + 3 * edges, 0));
      parts.reduce((from, part) => {
        vertices.set(part.vertices.subarray(0, 3 * part.edges), from);
        return from + 3 * part.edges;
      }, 0);
      // Great circles between points of a cap that is narrower than a hemisphere stay in it.
      const cap = hemisphereOf(vertices, 0, vertices.length / 3);
      const isLarge = parts.some(({ rings }) => rings.some(({ side }) => side.kind === "large"));
      if (cap === undefined || isLarge) out.set([0, 0, 1, 1, 2], at);
      else {
        const chord = Math.sqrt(2 - 2 * cap.cosRadius) + SLACK;
        out.set([cap.x, cap.y, cap.z, capSine(chord), chord], at);
      }
    },
    meets: (polygon, edges, bounds, at, holds) =>
      parts.some((part) => partMeets(part, polygon, edges, bounds, at, holds)),
  };
}

function partMeets(
  part: PreparedPolygon,
  polygon: PreparedPolygon,
  { list, from, to }: EdgeList,
  bounds: Float64Array,
  at: number,
  holds: boolean,
): boolean {
  const { vertices } = polygon;
  for (let i = from; i < to; i++) {
    const v = 3 * list[i]!;
    if (polygonHolds(part, vertices[v]!, vertices[v + 1]!, vertices[v + 2]!)) return true;
  }
  for (let i = from; i < to; i++) {
    for (let edge = 0; edge < part.edges; edge++) {
      if (edgesMeet(polygon, list[i]!, part, edge)) return true;
    }
  }
  if (part.edges === 0) return false;
  // No edges meet and no vertex is inside: the polygon holds all of the part, or nothing of it.
  const [x, y, z] = part.vertices as unknown as [number, number, number];
  const [mx, my, mz] = [bounds[at]!, bounds[at + 1]!, bounds[at + 2]!];
  if (bounds[at + 4]! > 1) return polygonHolds(polygon, x, y, z);
  return holds !== crossesOddly(polygon, list, from, to, mx, my, mz, x, y, z);
}
