/** A grid for tests: equal boxes of longitude, all latitudes. Shard keys stand above 2^63. */
import { NO_ID, outputFieldSignature } from "@zagg/core";

export const FIRST_KEY = 2n ** 63n;

/**
 * Parameters: `columns` shards around the globe, `cells` cells per shard, `chunks` chunks per shard.
 * @type {import("@zagg/core").GridFactory<{ columns: number, cells: number, chunks?: number }>}
 */
export const boxes = {
  kind: "grid",
  type: "boxes",
  apiVersion: 2,
  description: "Boxes of longitude.",
  paramsSchema: {
    type: "object",
    required: ["columns", "cells"],
    properties: { columns: { type: "integer" }, cells: { type: "integer" }, chunks: { type: "integer" } },
  },
  create: ({ columns, cells, chunks = 1 }, fields) => createBoxes(columns, cells, chunks, fields),
};

/**
 * @param {number} columns
 * @param {number} cells
 * @param {number} chunks
 * @param {import("@zagg/core").OutputFieldSet} fields
 * @returns {import("@zagg/core").GridPlugin}
 */
function createBoxes(columns, cells, chunks, fields) {
  const total = columns * cells;
  /** Cell of a point, -1 outside. @type {(lon: number, lat: number) => number} */
  const cellAt = (lon, lat) => {
    if (!(lat >= -90 && lat <= 90) || !Number.isFinite(lon)) return -1;
    const cell = Math.floor(((lon + 180) / 360) * total);
    return cell >= 0 && cell < total ? cell : -1;
  };
  const spatialSignature = () => ({ type: "boxes", columns, cells, datum: "sphere" });
  return {
    type: "boxes",
    storage: {
      groupPath: "boxes",
      dimensions: ["cell"],
      chunkDimensions: ["chunk"],
      shardShape: [cells],
      chunkShape: [cells / chunks],
      attributes: { family: "boxes" },
      arrayAttributes: { grid_mapping: "boxes" },
      coordinates: [
        {
          name: "lon",
          dtype: "float64",
          shape: [total],
          dimensions: ["cell"],
          values: Float64Array.from({ length: total }, (_none, i) => ((i + 0.5) / total) * 360 - 180),
          attributes: { units: "degrees_east" },
        },
      ],
      cellCoordinates: [{ name: "cell_ids", dtype: "uint64", fillValue: 0, always: false, attributes: {} }],
      placement: () => ({ arrayShape: [total], blockIndex: (key) => [Number(key - FIRST_KEY)] }),
    },
    signatureRules: {
      youngerKeys: { datum: { code: "DATUM_UNSTATED", why: "old maps leave it out", mend: "rebuild it" } },
      equal: () => false,
    },
    spatialSignature,
    signature: () => ({ ...spatialSignature(), output_fields: outputFieldSignature(fields) }),
    nestsWith: (other) =>
      JSON.stringify(other.signature()["output_fields"]) === JSON.stringify(outputFieldSignature(fields)),
    coverer: () => ({
      shardKeys: BigUint64Array.from({ length: columns }, (_none, i) => FIRST_KEY + BigInt(i)),
      cover: () => new Uint32Array(0),
    }),
    shardFootprint: () => [],
    shardLabel: (key) => `box${key - FIRST_KEY}`,
    shardsOf: (lon, lat, out) =>
      lon.forEach((value, i) => (out[i] = id(cellAt(value, Number(lat[i])), cells, FIRST_KEY))),
    locate: (key, lon, lat, out) => {
      const first = Number(key - FIRST_KEY) * cells;
      let inside = 0;
      for (let i = 0; i < lon.length; i++) {
        const position = cellAt(Number(lon[i]), Number(lat[i])) - first;
        out[i] = position >= 0 && position < cells ? position : -1;
        if (Number(out[i]) >= 0) inside++;
      }
      return inside;
    },
    cellCoordinate: (_name, key) =>
      BigUint64Array.from({ length: cells }, (_none, i) => (key - FIRST_KEY) * BigInt(cells) + BigInt(i)),
  };
}

/** @type {(cell: number, width: number, first: bigint) => bigint} */
const id = (cell, width, first) => (cell < 0 ? NO_ID : first + BigInt(Math.floor(cell / width)));
