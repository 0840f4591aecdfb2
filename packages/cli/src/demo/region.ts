/** The polygon around points. */

/** RFC 7946: longitude before latitude, closed, the outer ring counter-clockwise. */
export interface GeoJsonPolygon {
  readonly type: "Polygon";
  readonly coordinates: readonly (readonly (readonly [lonDeg: number, latDeg: number])[])[];
}

export interface Extent {
  add(lonDeg: Float64Array, latDeg: Float64Array): void;
  polygon(): GeoJsonPolygon;
}

const MARGIN_DEG = 0.1;
/** Degrees of longitude between vertices: a great circle that long strays from its parallel by less than the margin. */
const VERTEX_STEP_DEG = 1;

/** Gathers points that lie away from the antimeridian and the poles. */
export function createExtent(): Extent {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  return {
    add(lonDeg, latDeg) {
      for (const lon of lonDeg) {
        west = Math.min(west, lon);
        east = Math.max(east, lon);
      }
      for (const lat of latDeg) {
        south = Math.min(south, lat);
        north = Math.max(north, lat);
      }
    },
    polygon() {
      const [left, bottom] = [outward(west, -1), outward(south, -1)];
      const [right, top] = [outward(east, 1), outward(north, 1)];
      const longitudes: number[] = [];
      for (let lon = left; lon < right; lon += VERTEX_STEP_DEG) longitudes.push(lon);
      longitudes.push(right);
      const ring = [
        ...longitudes.map((lon) => [lon, bottom] as const),
        ...longitudes.reverse().map((lon) => [lon, top] as const),
        [left, bottom] as const,
      ];
      return { type: "Polygon", coordinates: [ring] };
    },
  };
}

/** A bound moved outward by the margin, to a tenth of a degree. */
function outward(deg: number, direction: 1 | -1): number {
  return (Math.ceil((direction * deg + MARGIN_DEG) * 10) / 10) * direction;
}
