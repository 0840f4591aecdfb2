/** How a rectilinear grid is stored: arrays, coordinates and attributes, as data. */
import type { CoordinateArray, GridStorage, JsonObject } from "@zagg/core";
import { groupAttributes } from "./conventions.js";
import type { Crs } from "./crs/crs.js";
import { axisUnits, gridMappingAttributes } from "./grid-mapping.js";
import type { Lattice } from "./lattice.js";
import { GRID_TYPE } from "./signature.js";

const GRID_MAPPING = "spatial_ref";
const DIMENSIONS = ["y", "x"] as const;

/** @param originOf the first cell of a shard; throws for a key that is not the grid's */
export function createStorage(
  crs: Crs,
  lattice: Lattice,
  originOf: (shardKey: bigint) => { readonly row0: number; readonly column0: number },
): GridStorage {
  const { width, height, shardWidth, shardHeight, chunkWidth, chunkHeight } = lattice;
  const arrayShape = Object.freeze([height, width]);
  return Object.freeze({
    groupPath: GRID_TYPE,
    dimensions: DIMENSIONS,
    chunkDimensions: ["chunk_y", "chunk_x"],
    shardShape: [shardHeight, shardWidth],
    chunkShape: [chunkHeight, chunkWidth],
    attributes: groupAttributes(crs, lattice, DIMENSIONS),
    arrayAttributes: { grid_mapping: GRID_MAPPING },
    coordinates: [axis("x", crs, lattice), axis("y", crs, lattice), gridMapping(crs, lattice)],
    cellCoordinates: [],
    placement: () => ({
      arrayShape,
      blockIndex(shardKey: bigint) {
        const { row0, column0 } = originOf(shardKey);
        return [row0 / shardHeight, column0 / shardWidth];
      },
    }),
  });
}

/** Centres of columns or rows, from the origin. Values are made when they are asked for: 29 MB for a 10 m world. */
function axis(name: "x" | "y", crs: Crs, lattice: Lattice): CoordinateArray {
  const length = name === "x" ? lattice.width : lattice.height;
  return Object.freeze({
    name,
    dtype: "float64",
    shape: [length],
    dimensions: [name],
    attributes: axisAttributes(name, crs),
    get values() {
      const out = new Float64Array(length);
      const { xmin, ymax, rx, ry } = lattice;
      for (let i = 0; i < length; i++) out[i] = name === "x" ? xmin + (i + 0.5) * rx : ymax - (i + 0.5) * ry;
      return out;
    },
  });
}

function axisAttributes(name: "x" | "y", crs: Crs): JsonObject {
  const axis = { axis: name.toUpperCase() };
  if (crs.geographic) {
    return name === "x"
      ? { standard_name: "longitude", units: "degrees_east", ...axis }
      : { standard_name: "latitude", units: "degrees_north", ...axis };
  }
  return { standard_name: `projection_${name}_coordinate`, units: axisUnits(crs), ...axis };
}

/** A variable without a value, after CF: its attributes are what it is for. */
function gridMapping(crs: Crs, lattice: Lattice): CoordinateArray {
  return Object.freeze({
    name: GRID_MAPPING,
    dtype: "int32",
    shape: [],
    dimensions: [],
    values: new Int32Array(1),
    attributes: gridMappingAttributes(crs, lattice),
  });
}
