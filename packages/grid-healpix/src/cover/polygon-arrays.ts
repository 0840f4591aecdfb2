/** The memory that prepared polygons lie in: one polygon after another, without allocation. */

/** Arrays with room for so many vertices; vertex e is the start of edge e. */
export interface PolygonArrays {
  capacity: number;
  /** As given; latitudes geodetic. */
  lonDeg: Float64Array;
  latDeg: Float64Array;
  /** Unit vectors, three numbers a vertex, on the sphere that the grid divides. */
  vertices: Float64Array;
  /** The vertex at which edge e ends. */
  next: Int32Array;
  /** Unit normals of the edges; the left side is positive. */
  normals: Float64Array;
  /** Middles of the edges, unit vectors. */
  middles: Float64Array;
  /** Chord from the middle of an edge to either end. */
  halfChords: Float64Array;
  /** Where the vertices lie at order 29. */
  face: Int32Array;
  ix: Int32Array;
  iy: Int32Array;
  /** Edges, and scratch for as many of their coordinates. */
  near: Int32Array;
  nearLonDeg: Float64Array;
  nearLatDeg: Float64Array;
  nearFace: Int32Array;
  nearIx: Int32Array;
  nearIy: Int32Array;
}

/** Arrays for so many vertices. */
export function createPolygonArrays(capacity: number): PolygonArrays {
  const doubles = (each = 1): Float64Array => new Float64Array(each * capacity);
  const integers = (): Int32Array => new Int32Array(capacity);
  return {
    capacity,
    lonDeg: doubles(),
    latDeg: doubles(),
    vertices: doubles(3),
    next: integers(),
    normals: doubles(3),
    middles: doubles(3),
    halfChords: doubles(),
    face: integers(),
    ix: integers(),
    iy: integers(),
    near: integers(),
    nearLonDeg: doubles(),
    nearLatDeg: doubles(),
    nearFace: integers(),
    nearIx: integers(),
    nearIy: integers(),
  };
}

/** Makes room for so many vertices; what was there before is lost when there was none. */
export function reserveVertices(arrays: PolygonArrays, vertices: number): void {
  if (vertices > arrays.capacity) Object.assign(arrays, createPolygonArrays(2 * vertices));
}
