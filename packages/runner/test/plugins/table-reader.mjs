/** Granules that are tables in memory, and granules that an href describes: for tests. */
import { ReaderError } from "@zagg/core";

/**
 * @typedef {{ values: import("@zagg/core").TypedArray, width?: number, shape?: readonly number[], fillValue?: number, exactFill?: `${bigint}`, inexact?: boolean, chunkRows?: number, corrupt?: boolean, dtype?: import("@zagg/core").DType, encoding?: import("@zagg/core").DatasetEncoding }} Table
 * @typedef {Readonly<Record<string, Table>>} Tables by dataset path
 * @typedef {{ opened: string[], closed: number, read: number, rows: number }} ReaderLog
 */

/** @type {import("@zagg/core").DType} */
const ANY_DTYPE = "float64";

/**
 * @param {(href: string) => Tables | undefined} find
 * @param {ReaderLog} log
 * @returns {import("@zagg/core").GranuleReader}
 */
export function tableReader(find, log = { opened: [], closed: 0, read: 0, rows: 0 }) {
  return {
    kind: "reader",
    apiVersion: 2,
    name: "table",
    aliases: [],
    description: "Tables in memory.",
    open: async ({ uri }) => {
      log.opened.push(uri);
      const tables = find(uri);
      if (tables === undefined) {
        throw new ReaderError("GRANULE_MISSING", {
          what: `no granule ${uri}`,
          why: "there is none",
          mend: "add it",
        });
      }
      return openTables(tables, log);
    },
  };
}

/**
 * Opens whatever has a scheme of tables: the reader knows what is there.
 * @type {import("@zagg/core").SourceFactory}
 */
export const tableSource = {
  kind: "source",
  apiVersion: 2,
  name: "table",
  description: "Names of tables in memory.",
  schemes: ["table"],
  open: async (uri) => ({
    uri,
    size: 0,
    etag: null,
    read: async () => {
      throw new RangeError("a table has no bytes");
    },
    close: async () => undefined,
  }),
};

/**
 * @param {Tables} tables
 * @param {ReaderLog} log
 * @returns {import("@zagg/core").Granule}
 */
function openTables(tables, log) {
  /** @param {string} path @returns {import("@zagg/core").DatasetInfo | null} */
  const describe = (path) => {
    const table = tables[path];
    if (table === undefined) return null;
    const { values, width, shape, fillValue, exactFill, chunkRows, encoding } = table;
    const wide =
      values instanceof BigInt64Array ? "int64" : values instanceof BigUint64Array ? "uint64" : null;
    return {
      shape: shape ?? (width === undefined ? [values.length] : [values.length / width, width]),
      dtype: table.dtype ?? wide ?? ANY_DTYPE,
      fillValue: fillValue ?? null,
      ...(exactFill === undefined ? {} : { exactFill }),
      chunkRows: chunkRows ?? null,
      ...(encoding === undefined ? {} : { encoding }),
    };
  };
  /** @param {import("@zagg/core").ReadRequest} request @returns {import("@zagg/core").TypedArray} */
  const readExact = ({ path, start, stop, column }) => {
    log.read++;
    log.rows += stop - start;
    const table = /** @type {Table} */ (tables[path]);
    if (table.corrupt === true) {
      throw new ReaderError("GRANULE_CORRUPT", {
        what: path,
        why: "a bad checksum",
        mend: "fetch it again",
      });
    }
    const { values, width } = table;
    if (width === undefined) return values.slice(start, stop);
    return /** @type {Float64Array} */ (values)
      .filter((_value, i) => i % width === column)
      .slice(start, stop);
  };
  /** @param {import("@zagg/core").ReadRequest} request @returns {import("@zagg/core").Column} */
  const read = (request) => {
    const values = readExact(request);
    if (!(values instanceof BigInt64Array || values instanceof BigUint64Array)) return values;
    const doubles = Float64Array.from(/** @type {ArrayLike<bigint>} */ (values), Number);
    if (doubles.some((value, i) => Math.abs(value) > 2 ** 53 || BigInt(value) !== values[i])) {
      throw new ReaderError("DATASET_PRECISION", {
        what: request.path,
        why: "an integer beyond 2^53",
        mend: "take a reader that can tell it",
      });
    }
    return doubles;
  };
  const isInexact = Object.values(tables).some(({ inexact }) => inexact === true);
  return {
    describeMany: async (paths) => paths.map(describe),
    readMany: async (requests) => requests.map(read),
    ...(isInexact
      ? {}
      : {
          /** @param {readonly import("@zagg/core").ReadRequest[]} requests */
          readExact: async (requests) => requests.map(readExact),
        }),
    close: async () => {
      log.closed++;
    },
  };
}

/**
 * The granule of `table://made/<points>/<seed>`: points along the equator, heights of a fixed sequence.
 * @type {(href: string) => Tables | undefined}
 */
export function madeTables(href) {
  const [points, seed] = href.replace("table://made/", "").split("/").map(Number);
  if (points === undefined || seed === undefined || Number.isNaN(points)) return undefined;
  const lon = new Float64Array(points);
  const lat = new Float64Array(points);
  const height = new Float32Array(points);
  let state = seed >>> 0;
  for (let i = 0; i < points; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    lon[i] = (state / 2 ** 32) * 360 - 180;
    lat[i] = (i / points) * 90;
    height[i] = Math.fround(state % 1000);
  }
  return { "/g/lat": { values: lat }, "/g/lon": { values: lon }, "/g/h": { values: height } };
}
