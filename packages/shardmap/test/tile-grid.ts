/** A grid of longitude/latitude tiles, small enough to follow by hand. */
import {
  NO_ID,
  outputFieldSignature,
  type GridPlugin,
  type OutputField,
  type OutputFieldSet,
  type Region,
  type SpatialSignature,
} from "@zagg/core";

/** Keys start beyond what a double or a signed integer holds. */
export const FIRST_KEY = 2n ** 63n + 1n;

export interface TileGridOptions {
  readonly tileDeg?: number;
  readonly crs?: string;
  /** The grid ends at these latitudes. */
  readonly maxLatDeg?: number;
  readonly origin?: readonly number[];
  readonly fields?: OutputFieldSet;
  readonly signature?: SpatialSignature;
}

export function field(name: string): OutputField {
  return {
    name,
    kind: "scalar",
    resolution: "cell",
    dtype: "float32",
    declaredDtype: null,
    fillValue: "NaN",
    trailingShape: [],
    innerShape: [],
    attributes: {},
  };
}

/** Tiles row by row from the south-west; the key is {@link FIRST_KEY} plus row times columns plus column. */
export function createTileGrid(options: TileGridOptions = {}): GridPlugin {
  const { tileDeg = 30, crs = "OGC:CRS84", maxLatDeg = 60, origin = [-180, -60], fields = [] } = options;
  const columns = 360 / tileDeg;
  const signature: SpatialSignature = options.signature ?? {
    type: "tiles",
    crs,
    tile_deg: tileDeg,
    origin: [...origin],
    datum: "wgs84",
  };
  const tileOf = (lon: number, lat: number): number => {
    if (!(Math.abs(lat) < maxLatDeg) || !Number.isFinite(lon)) return -1;
    const column = Math.floor(((((lon + 180) % 360) + 360) % 360) / tileDeg);
    return Math.floor((lat + maxLatDeg) / tileDeg) * columns + column;
  };
  // Enough for footprints whose corners, and whose middle, show every tile they touch.
  const tilesOf = (region: Region): number[] => {
    const tiles = region.flatMap((polygon) =>
      polygon.flatMap(({ lonDeg, latDeg }) => {
        const corners = Array.from(lonDeg, (lon, i) => tileOf(lon, latDeg[i]!));
        const middle = [lonDeg, latDeg].map((axis) => axis.reduce((a, b) => a + b, 0) / axis.length);
        return [...corners, tileOf(middle[0]!, middle[1]!)];
      }),
    );
    return [...new Set(tiles.filter((tile) => tile >= 0))].sort((a, b) => a - b);
  };
  const keysOf = (tiles: readonly number[]): BigUint64Array =>
    BigUint64Array.from(tiles, (tile) => FIRST_KEY + BigInt(tile));
  const unused = (): never => {
    throw new Error("not part of a shard map");
  };
  return {
    type: "tiles",
    get storage() {
      return unused();
    },
    signatureRules: {
      youngerKeys: {
        datum: { code: "DATUM_UNSTATED", why: "maps of old have no datum", mend: "build the map again" },
      },
      equal: (key, stored, own) =>
        key === "crs" && [stored, own].every((name) => name === "OGC:CRS84" || name === "CRS84"),
    },
    spatialSignature: () => signature,
    signature: () => ({ ...signature, output_fields: outputFieldSignature(fields) }),
    nestsWith: unused,
    coverer(region) {
      const tiles = tilesOf(region);
      return {
        shardKeys: keysOf(tiles),
        cover: (footprint) =>
          Uint32Array.from(
            tilesOf(footprint)
              .map((tile) => tiles.indexOf(tile))
              .filter((index) => index >= 0),
          ),
      };
    },
    shardFootprint: () => [],
    shardLabel: String,
    shardsOf(lonDeg, latDeg, out) {
      for (let i = 0; i < out.length; i++) {
        const tile = tileOf(lonDeg[i]!, latDeg[i]!);
        out[i] = tile < 0 ? NO_ID : FIRST_KEY + BigInt(tile);
      }
    },
    locate: unused,
  };
}

/** A box as a footprint of four corners. */
export function boxFootprint(west: number, south: number, east: number, north: number): Region {
  const lonDeg = Float64Array.of(west, east, east, west);
  const latDeg = Float64Array.of(south, south, north, north);
  return [[{ lonDeg, latDeg }]];
}
