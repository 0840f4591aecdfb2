/** Regions and footprints on the sphere. */

/** West, south, east, north; degrees. West is greater than east when the box crosses the antimeridian. */
export type BoundingBox = readonly [west: number, south: number, east: number, north: number];

/** A closed ring; the last vertex need not repeat the first. Edges are great circles. Degrees, CRS84. */
export interface Ring {
  readonly lonDeg: Float64Array;
  readonly latDeg: Float64Array;
}

/** An outer ring, then its holes. A point is inside when an odd number of the rings holds it. */
export type Polygon = readonly Ring[];

/**
 * Any number of polygons; a point is inside when it is in one of them.
 *
 * A ring that fits in a hemisphere encloses its smaller side whatever its direction; a larger ring encloses what
 * lies to the left of its edges (RFC 7946: counter-clockwise outer rings).
 */
export type Region = readonly Polygon[];
