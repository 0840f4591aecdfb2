/** A correct grid that can be followed by hand: boxes of longitude and latitude around the whole globe. */
import {
  GridError,
  NO_ID,
  outputFieldSignature,
  type FromSchema,
  type GridFactory,
  type GridPlugin,
  type JsonSchema,
  type OutputFieldSet,
  type Region,
} from "../../src/index.js";
import { angleDeg, boundingCap } from "../../src/testing/sphere.js";

export const boxParams = {
  type: "object",
  additionalProperties: false,
  required: ["cell_deg"],
  properties: {
    cell_deg: { type: "number", exclusiveMinimum: 0, description: "Extent of a cell; divides 30." },
    chunked: { type: "boolean", default: true, description: "Whether a shard has six chunks or one." },
  },
} as const satisfies JsonSchema;

export type BoxParams = Partial<FromSchema<typeof boxParams>> & { readonly cell_deg: number };

/** Shards are 30 degrees high and 45 wide; their chunks 15 by 15. */
const SHARD_HEIGHT_DEG = 30;
const SHARD_WIDTH_DEG = 45;
const CHUNK_DEG = 15;
const SHARD_ROWS = 180 / SHARD_HEIGHT_DEG;
const SHARD_COLUMNS = 360 / SHARD_WIDTH_DEG;
/** Outlines have a vertex a degree, so that a circle around them holds the shard but for this. */
const SAGITTA_DEG = 0.01;

/** The circle around each shard. */
const shardCaps = Array.from({ length: SHARD_ROWS * SHARD_COLUMNS }, (_, shard) =>
  boundingCap(outlineOf(shard))!,
);

export const box: GridFactory<BoxParams> = {
  kind: "grid",
  type: "box",
  apiVersion: 2,
  description: "Boxes of longitude and latitude.",
  paramsSchema: boxParams,
  create: boxGrid,
};

/** Rows from the south, columns from -180 eastward; a box holds its southern and western edge, the last row the pole. */
export function boxGrid(
  { cell_deg: cellDeg, chunked = true }: BoxParams,
  fields: OutputFieldSet,
): GridPlugin {
  const rows = 180 / cellDeg;
  const columns = 360 / cellDeg;
  const [height, width] = [SHARD_HEIGHT_DEG / cellDeg, SHARD_WIDTH_DEG / cellDeg];
  const [chunkHeight, chunkWidth] = chunked ? [CHUNK_DEG / cellDeg, CHUNK_DEG / cellDeg] : [height, width];

  const rowOf = (lat: number): number => Math.min(rows - 1, Math.floor((lat + 90) / cellDeg));
  const columnOf = (lon: number): number =>
    Math.floor(((((lon + 180) % 360) + 360) % 360) / cellDeg) % columns;
  const isValid = (lon: number, lat: number): boolean => Number.isFinite(lon) && Math.abs(lat) <= 90;
  const positionOf = (row: number, column: number): number => {
    const [r, c] = [row % height, column % width];
    const chunk = Math.floor(r / chunkHeight) * (width / chunkWidth) + Math.floor(c / chunkWidth);
    return chunk * chunkHeight * chunkWidth + (r % chunkHeight) * chunkWidth + (c % chunkWidth);
  };
  const shardOf = (row: number, column: number): number =>
    Math.floor(row / height) * SHARD_COLUMNS + Math.floor(column / width);
  const indexOf = (shardKey: bigint): number => {
    if (shardKey < SHARD_ROWS * SHARD_COLUMNS) return Number(shardKey);
    throw new GridError("GRID_SHARD_UNKNOWN", {
      what: `shard ${shardKey}`,
      why: "there are 48",
      mend: "use one of them",
    });
  };
  const footprint = (shardKey: bigint): Region => outlineOf(indexOf(shardKey));
  const touches = (region: Region, shard: number): boolean => {
    const own = shardCaps[shard]!;
    return region.some((polygon) => {
      const cap = boundingCap([polygon])!;
      return angleDeg(own.centre, cap.centre) <= own.radiusDeg + cap.radiusDeg + SAGITTA_DEG;
    });
  };
  const coverage = (region: Region): BigUint64Array =>
    BigUint64Array.from(
      [...Array(SHARD_ROWS * SHARD_COLUMNS).keys()].filter((shard) => touches(region, shard)),
      BigInt,
    );
  const each = (
    lonDeg: Float64Array,
    latDeg: Float64Array,
    write: (i: number, row: number, column: number) => void,
  ): void => {
    lonDeg.forEach((lon, i) => {
      const lat = latDeg[i]!;
      if (isValid(lon, lat)) write(i, rowOf(lat), columnOf(lon));
      else write(i, -1, -1);
    });
  };
  const spatialSignature = () => ({ type: "box", cell_deg: cellDeg });
  const signature = () => ({ ...spatialSignature(), output_fields: outputFieldSignature(fields) });
  return {
    type: "box",
    capabilities: { hierarchical: true, equalArea: false, cellIds: "uint32" },
    storage: {
      groupPath: "box",
      dimensions: ["lat", "lon"],
      chunkDimensions: ["chunk_lat", "chunk_lon"],
      shardShape: [height, width],
      chunkShape: [chunkHeight, chunkWidth],
      attributes: { cell_deg: cellDeg },
      arrayAttributes: {},
      coordinates: [
        {
          name: "lat",
          dtype: "float64",
          shape: [rows],
          dimensions: ["lat"],
          values: Float64Array.from({ length: rows }, (_, row) => (row + 0.5) * cellDeg - 90),
          attributes: { units: "degrees_north" },
        },
      ],
      cellCoordinates: [
        { name: "cell_ids", dtype: "uint64", fillValue: 0, always: false, attributes: { long_name: "cell" } },
      ],
      placement: () => ({
        arrayShape: [rows, columns],
        blockIndex: (shardKey) => {
          const shard = indexOf(shardKey);
          return [Math.floor(shard / SHARD_COLUMNS), shard % SHARD_COLUMNS];
        },
      }),
    },
    signatureRules: { youngerKeys: {}, equal: () => false },
    spatialSignature,
    signature,
    nestsWith(other) {
      const theirs = other.signature();
      return (
        other.type === "box" &&
        JSON.stringify(theirs.output_fields) === JSON.stringify(signature().output_fields)
      );
    },
    coverage,
    coverer(region) {
      const shardKeys = coverage(region);
      return {
        shardKeys,
        cover: (outline) =>
          Uint32Array.from(
            [...shardKeys.keys()].filter((index) => touches(outline, Number(shardKeys[index]))),
          ),
      };
    },
    shardFootprint: footprint,
    shardLabel: (shardKey) => `box ${indexOf(shardKey)}`,
    assign(lonDeg, latDeg, out) {
      each(lonDeg, latDeg, (i, row, column) => (out[i] = row < 0 ? NO_ID : BigInt(row * columns + column)));
    },
    shardsOf(lonDeg, latDeg, out) {
      each(lonDeg, latDeg, (i, row, column) => (out[i] = row < 0 ? NO_ID : BigInt(shardOf(row, column))));
    },
    locate(shardKey, lonDeg, latDeg, out) {
      const shard = indexOf(shardKey);
      let inside = 0;
      each(lonDeg, latDeg, (i, row, column) => {
        const here = row >= 0 && shardOf(row, column) === shard;
        out[i] = here ? positionOf(row, column) : -1;
        if (here) inside++;
      });
      return inside;
    },
    cellsOf(shardKey) {
      const shard = indexOf(shardKey);
      const [row0, column0] = [Math.floor(shard / SHARD_COLUMNS) * height, (shard % SHARD_COLUMNS) * width];
      const ids = new BigUint64Array(height * width);
      for (let row = row0; row < row0 + height; row++) {
        for (let column = column0; column < column0 + width; column++) {
          ids[positionOf(row, column)] = BigInt(row * columns + column);
        }
      }
      return ids;
    },
    cellCoordinate(name, shardKey) {
      if (name !== "cell_ids") throw new RangeError(`there is no cell coordinate "${name}"`);
      return this.cellsOf(shardKey);
    },
  };
}

/** Counter-clockwise, a vertex a degree; a pole is one vertex. */
function outlineOf(shard: number): Region {
  const south = Math.floor(shard / SHARD_COLUMNS) * SHARD_HEIGHT_DEG - 90;
  const west = (shard % SHARD_COLUMNS) * SHARD_WIDTH_DEG - 180;
  const [north, east] = [south + SHARD_HEIGHT_DEG, west + SHARD_WIDTH_DEG];
  const up = Array.from({ length: SHARD_HEIGHT_DEG }, (_, k) => k);
  const along = Array.from({ length: SHARD_WIDTH_DEG }, (_, k) => k);
  const outline = [
    ...along.map((k) => [west + k, south] as const),
    ...up.map((k) => [east, south + k] as const),
    ...along.map((k) => [east - k, north] as const),
    ...up.map((k) => [west, north - k] as const),
  ];
  const isDistinct = ([lon, lat]: readonly [number, number]) => Math.abs(lat) < 90 || lon === west;
  const kept = outline.filter(isDistinct);
  return [
    [
      {
        lonDeg: Float64Array.from(kept, ([lon]) => lon),
        latDeg: Float64Array.from(kept, ([, lat]) => lat),
      },
    ],
  ];
}
