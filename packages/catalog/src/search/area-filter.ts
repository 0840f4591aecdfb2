/** Which footprints touch an area, for APIs that compare boxes only. In doubt a footprint touches. */
import { isCodedError, type Region, type Ring } from "@zagg/core";
import { hemisphereOf, regionFromGeoJson, ringVectors } from "@zagg/sphere";
import type { CatalogItem } from "../item.js";
import { edgesMeet, edgeTree, type EdgeTree } from "./edge-tree.js";

interface RingShape {
  readonly edges: EdgeTree;
  /** Whether the ring holds a point, a unit vector. */
  readonly holds: (x: number, y: number, z: number) => boolean;
}

/** The rings of each polygon, the outer one first. */
type Shape = readonly (readonly RingShape[])[];

/** Whether an item's footprint touches the area; an item without a footprint that can be read is let through. */
export function areaFilter(area: Region): (item: CatalogItem) => boolean {
  const shape = shapeOf(area);
  return ({ geometry }) => {
    if (geometry === null) return true;
    let footprint: Region;
    try {
      footprint = regionFromGeoJson(geometry);
    } catch (error) {
      if (isCodedError(error)) return true;
      throw error;
    }
    return touch(shape, shapeOf(footprint));
  };
}

/** They share a point when edges meet, or when one holds a vertex of the other. */
function touch(a: Shape, b: Shape): boolean {
  const others = b.flat();
  return (
    a.flat().some(({ edges }) => others.some((other) => edgesMeet(edges, other.edges))) ||
    b.some(([outer]) => holdsFirstVertex(a, outer!)) ||
    a.some(([outer]) => holdsFirstVertex(b, outer!))
  );
}

function holdsFirstVertex(shape: Shape, { edges: { vectors } }: RingShape): boolean {
  const [x, y, z] = [vectors[0]!, vectors[1]!, vectors[2]!];
  return shape.some((polygon) => polygon.filter(({ holds }) => holds(x, y, z)).length % 2 === 1);
}

function shapeOf(region: Region): Shape {
  return region.map((polygon) => polygon.map(ringShape));
}

function ringShape(ring: Ring): RingShape {
  const vectors = ringVectors(ring);
  return { edges: edgeTree(vectors), holds: insideTest(vectors) };
}

/** On the plane that touches the middle of the ring's hemisphere great circles are straight. A larger ring holds all. */
function insideTest(vectors: Float64Array): RingShape["holds"] {
  const count = vectors.length / 3;
  const cap = hemisphereOf(vectors, 0, count);
  if (cap === undefined) return () => true;
  const [cx, cy, cz] = [cap.x, cap.y, cap.z];
  const [px, py, pz] = Math.abs(cz) < 0.9 ? [-cy, cx, 0] : [0, -cz, cy];
  const [qx, qy, qz] = [cy * pz - cz * py, cz * px - cx * pz, cx * py - cy * px];
  const us = new Float64Array(count);
  const vs = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const [x, y, z] = [vectors[3 * i]!, vectors[3 * i + 1]!, vectors[3 * i + 2]!];
    const height = cx * x + cy * y + cz * z;
    us[i] = (px * x + py * y + pz * z) / height;
    vs[i] = (qx * x + qy * y + qz * z) / height;
  }
  return (x, y, z) => {
    const height = cx * x + cy * y + cz * z;
    if (height < cap.cosRadius) return false;
    const u = (px * x + py * y + pz * z) / height;
    const v = (qx * x + qy * y + qz * z) / height;
    let inside = false;
    for (let i = 0, j = count - 1; i < count; j = i++) {
      if (vs[i]! > v === vs[j]! > v) continue;
      if (u < us[i]! + ((v - vs[i]!) / (vs[j]! - vs[i]!)) * (us[j]! - us[i]!)) inside = !inside;
    }
    return inside;
  };
}
