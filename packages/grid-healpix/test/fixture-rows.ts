/** Rows of a table of points and the cells that hold them, as healpy gives them (latitude taken as spherical). */

export interface CellRow {
  readonly order: number;
  readonly lonDeg: number;
  readonly latDeg: number;
  readonly nested: bigint;
  readonly ring: bigint;
  readonly centerLonDeg: number;
  readonly centerLatDeg: number;
}

/** Parses the CSV text of such a table: a header line, then seven columns. */
export function parseCellRows(text: string): CellRow[] {
  return text
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => {
      const [order, lon, lat, nested, ring, centerLon, centerLat] = line.split(",") as [string, ...string[]];
      return {
        order: Number(order),
        lonDeg: Number(lon),
        latDeg: Number(lat),
        nested: BigInt(nested ?? ""),
        ring: BigInt(ring ?? ""),
        centerLonDeg: Number(centerLon),
        centerLatDeg: Number(centerLat),
      };
    });
}
