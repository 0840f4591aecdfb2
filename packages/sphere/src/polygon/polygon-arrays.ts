/** The memory that prepared polygons lie in: one polygon after another, without allocation. */

/** Arrays with room for so many vertices; vertex e is the start of edge e. */
export interface PolygonArrays {
  capacity: number;
  /** As given, degrees. */
  lonDeg: Float64Array;
  latDeg: Float64Array;
  /** Unit vectors, three numbers per vertex. */
  vertices: Float64Array;
  /** The vertex at which edge e ends. */
  next: Int32Array;
  /** Unit normals of the edges; the left side is positive. */
  normals: Float64Array;
  /** Middles of the edges, unit vectors. */
  middles: Float64Array;
  /** Chord from the middle of an edge to either end. */
  halfChords: Float64Array;
  /** The edges that come near the part of the sphere that matters. */
  near: Int32Array;
}

/** Arrays for so many vertices. */
export function createPolygonArrays(capacity: number): PolygonArrays {
  return {
    capacity,
    lonDeg: new Float64Array(capacity),
    latDeg: new Float64Array(capacity),
    vertices: new Float64Array(3 * capacity),
    next: new Int32Array(capacity),
    normals: new Float64Array(3 * capacity),
    middles: new Float64Array(3 * capacity),
    halfChords: new Float64Array(capacity),
    near: new Int32Array(capacity),
  };
}

/** Makes room for so many vertices; what was there before is lost when there was none. */
export function reserveVertices(arrays: PolygonArrays, vertices: number): void {
  if (vertices > arrays.capacity) Object.assign(arrays, createPolygonArrays(2 * vertices));
}
