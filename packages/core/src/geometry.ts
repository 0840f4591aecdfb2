/** Regions and footprints on the sphere. */

/** West, south, east, north; degrees. West is greater than east when the box crosses the antimeridian. */
export type BoundingBox = readonly [west: number, south: number, east: number, north: number];

/** A closed ring; the last vertex need not repeat the first. Edges are great circles. Degrees, CRS84. */
export interface Ring {
  readonly lonDeg: Float64Array;
  readonly latDeg: Float64Array;
}

/** An outer ring, then its holes. A point is inside when an odd number of the rings encloses it. */
export type Polygon = readonly Ring[];

/**
 * Any number of polygons; a point is inside when it is in one of them.
 *
 * A ring that fits in a hemisphere, clear of its rim, encloses its smaller side whatever its direction; where it crosses itself, what it
 * goes around an odd number of times. A larger ring has the polygon to the left of its edges, as RFC 7946 asks: an outer ring encloses
 * what lies to its left, a hole what lies to its right. So outer rings run counter-clockwise; a clockwise one that is larger than a
 * hemisphere encloses all but what it goes around. It must not cross itself. What it walks to and fro, such as the seam along which a flat
 * map is cut, is no edge, and an outer ring that only goes from pole to pole and back is the whole globe.
 */
export type Region = readonly Polygon[];
