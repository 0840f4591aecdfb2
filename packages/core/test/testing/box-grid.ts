/** A correct grid that can be followed by hand: boxes of longitude and latitude around the whole globe. */
import {
  GeometryError,
  NO_ID,
  defineGrid,
  shardIndices,
  wholePlacement,
  type FromSchema,
  type GridFactory,
  type GridPlugin,
  type JsonSchema,
  type OutputFieldSet,
  type Region,
} from "../../src/index.js";
import { boundingCap, holds } from "../../src/testing/sphere.js";

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
const SHARDS = [SHARD_ROWS, SHARD_COLUMNS];
/** No cell of any box grid: what `cell_ids` is filled with. */
const NO_CELL = 2 ** 32;
/** Outlines have a vertex per degree, so that a circle around them holds the shard but for this. */
const SAGITTA_DEG = 0.01;

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
  /** Row and column of each canonical position. */
  const cellsOf = (shardKey: bigint): (readonly [row: number, column: number])[] => {
    const [shardRow, shardColumn] = shardIndices(shardKey, SHARDS);
    const cells = new Array<readonly [number, number]>(height * width);
    for (let row = shardRow! * height; row < (shardRow! + 1) * height; row++) {
      for (let column = shardColumn! * width; column < (shardColumn! + 1) * width; column++) {
        cells[positionOf(row, column)] = [row, column];
      }
    }
    return cells;
  };
  const shardShape = [height, width];
  return defineGrid(
    {
      type: "box",
      storage: {
        dimensions: ["lat", "lon"],
        shardShape,
        chunkShape: [chunkHeight, chunkWidth],
        attributes: { cell_deg: cellDeg },
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
          { name: "cell_ids", dtype: "uint64", fillValue: NO_CELL, always: false, attributes: {} },
        ],
        placement: () => wholePlacement(SHARDS, shardShape),
      },
      spatialSignature: () => ({ type: "box", cell_deg: cellDeg }),
      aligned: () => true,
      coverer(region) {
        const keys = shardsTouching(region);
        return {
          shardKeys: BigUint64Array.from(keys, BigInt),
          cover: (footprint) => {
            const touched = new Set(shardsTouching(footprint));
            return Uint32Array.from([...keys.keys()].filter((index) => touched.has(keys[index]!)));
          },
        };
      },
      shardFootprint(shardKey) {
        const [row, column] = shardIndices(shardKey, SHARDS);
        return shardOutline(row!, column!);
      },
      shardsOf(lonDeg, latDeg, out) {
        each(lonDeg, latDeg, (i, row, column) => (out[i] = row < 0 ? NO_ID : BigInt(shardOf(row, column))));
      },
      locate(shardKey, lonDeg, latDeg, out) {
        const shard = Number(shardKey);
        let inside = 0;
        each(lonDeg, latDeg, (i, row, column) => {
          const here = row >= 0 && shardOf(row, column) === shard;
          out[i] = here ? positionOf(row, column) : -1;
          if (here) inside++;
        });
        return inside;
      },
      cellCoordinate(name, shardKey) {
        if (name !== "cell_ids") throw new RangeError(`there is no cell coordinate "${name}"`);
        return BigUint64Array.from(cellsOf(shardKey), ([row, column]) => BigInt(row * columns + column));
      },
      cells(shardKey) {
        const cells = cellsOf(shardKey);
        return {
          lonDeg: Float64Array.from(cells, ([, column]) => (column + 0.5) * cellDeg - 180),
          latDeg: Float64Array.from(cells, ([row]) => (row + 0.5) * cellDeg - 90),
          outline(position) {
            const [row, column] = cells[position]!;
            return outlineOf(row * cellDeg - 90, column * cellDeg - 180, cellDeg, cellDeg);
          },
        };
      },
      ...(CHUNK_DEG % (2 * cellDeg) === 0
        ? {
            coarser() {
              const grid = boxGrid({ cell_deg: 2 * cellDeg, chunked }, fields);
              const parentPositions = (shardKey: bigint): Int32Array => {
                const { lonDeg, latDeg } = this.cells!(shardKey);
                const parents = new Int32Array(lonDeg.length);
                grid.locate(shardKey, lonDeg, latDeg, parents);
                return parents;
              };
              return { grid, parentPositions };
            },
          }
        : {}),
    },
    fields,
  );
}

/** The cell of a point by other means than the grid: what `cell_ids` holds. */
export function boxIdAt(lonDeg: number, latDeg: number, grid: GridPlugin): bigint {
  const cellDeg = Number(grid.spatialSignature()["cell_deg"]);
  const east = lonDeg >= 180 ? lonDeg - 360 : lonDeg;
  const row = latDeg === 90 ? 180 / cellDeg - 1 : Math.floor((latDeg + 90) / cellDeg);
  return BigInt(row * (360 / cellDeg) + Math.floor((east + 180) / cellDeg));
}

/** The circle around each shard. */
const shardCaps = Array.from({ length: SHARD_ROWS * SHARD_COLUMNS }, (_, shard) =>
  boundingCap(shardOutline(Math.floor(shard / SHARD_COLUMNS), shard % SHARD_COLUMNS))!,
);

/** The shards whose circles meet a region. */
function shardsTouching(region: Region): number[] {
  for (const ring of region.flat()) assertRing(ring);
  const polygons = region.filter((polygon) => polygon.length > 0);
  return [...shardCaps.keys()].filter((shard) => {
    const { centre, radiusDeg } = shardCaps[shard]!;
    return holds(polygons, centre, radiusDeg + SAGITTA_DEG);
  });
}

/** @throws GeometryError `GEOMETRY_COORDINATE` */
function assertRing({ lonDeg, latDeg }: Region[number][number]): void {
  const isRing = lonDeg.length > 2 && lonDeg.length === latDeg.length;
  if (isRing && lonDeg.every(Number.isFinite) && latDeg.every((lat) => Math.abs(lat) <= 90)) return;
  throw new GeometryError("GEOMETRY_COORDINATE", {
    what: "a ring has a vertex that is no place",
    why: "edges join places",
    mend: "mend the ring",
  });
}

/** Outline of a shard. */
function shardOutline(row: number, column: number): Region {
  return outlineOf(
    row * SHARD_HEIGHT_DEG - 90,
    column * SHARD_WIDTH_DEG - 180,
    SHARD_HEIGHT_DEG,
    SHARD_WIDTH_DEG,
  );
}

/** Counter-clockwise, a vertex per degree; a pole is one vertex. */
function outlineOf(south: number, west: number, heightDeg: number, widthDeg: number): Region {
  const [north, east] = [south + heightDeg, west + widthDeg];
  const up = Array.from({ length: Math.ceil(heightDeg) }, (_, k) => k);
  const along = Array.from({ length: Math.ceil(widthDeg) }, (_, k) => k);
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
