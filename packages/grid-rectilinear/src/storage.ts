/** How a rectilinear grid is stored: arrays, coordinates and attributes, as data. */
import { wholePlacement, type CoordinateArray, type JsonObject, type StorageFacts } from "@zagg/core";
import { groupAttributes } from "./conventions.js";
import type { Crs } from "./crs/crs.js";
import { axisUnits, gridMappingAttributes } from "./grid-mapping.js";
import type { Lattice } from "./lattice.js";

const GRID_MAPPING = "spatial_ref";
const DIMENSIONS = ["y", "x"] as const;

export function createStorage(crs: Crs, lattice: Lattice): StorageFacts {
  const { shardWidth, shardHeight, chunkWidth, chunkHeight, shardRows, shardColumns } = lattice;
  const shardShape = [shardHeight, shardWidth];
  return {
    dimensions: DIMENSIONS,
    shardShape,
    chunkShape: [chunkHeight, chunkWidth],
    attributes: groupAttributes(crs, lattice, DIMENSIONS),
    arrayAttributes: { grid_mapping: GRID_MAPPING },
    coordinates: [axis("x", crs, lattice), axis("y", crs, lattice), gridMapping(crs, lattice)],
    placement: () => wholePlacement([shardRows, shardColumns], shardShape),
  };
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
