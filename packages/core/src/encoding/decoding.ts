/** From stored numbers to values: the one place where datasets are decoded. */
import type { DataSourceConfig } from "../config/schema.js";
import type { Column } from "../dtype.js";
import { ReaderError } from "../errors.js";
import type { DatasetInfo } from "../reader.js";
import type { EncodingProblem } from "./dataset-encoding.js";
import { hasMissing, holdsMissing, maskMissing, missingTest, type Missing } from "./missing.js";
import { numberOfSign, withSign } from "./sign.js";
import { unpack } from "./unpack.js";

/** What a configuration says of it. */
export type DecodingPolicy = Pick<DataSourceConfig, "decode" | "valid_range">;

/**
 * How the columns of one dataset are decoded. Each function gives what it is given where there is nothing to do, and else a new
 * column; it changes none.
 */
export interface Decoding {
  /** Whether numbers can be missing. */
  readonly hasMissing: boolean;
  /** Which numbers of a column of `values` are missing. */
  isMissing(values: Column): (value: number) => boolean;
  /** Values, missing ones told by `isMissing`: those that are not packed keep their type. */
  values(stored: Column): Column;
  /** Values with NaN for missing ones. Where there can be some, integers become float32, those of more than 16 bits float64. */
  masked(stored: Column): Column;
  /** Values with NaN for missing ones, to be compared: integers stay integers where none is missing. */
  compared(stored: Column): Column;
}

/**
 * @param path names the dataset in messages
 * @throws ReaderError `DATASET_ENCODING` when the granule says of the packing what cannot be meant
 */
export function decodingOf(
  path: string,
  { dtype, fillValue, encoding }: DatasetInfo,
  { decode = "cf", valid_range: validRange = "ignore" }: DecodingPolicy,
): Decoding {
  const fills = fillValue === null ? [] : [fillValue];
  if (decode === "raw") return told({ marks: fills, valid: null }, same, same, same);
  const problem = encoding?.problems.find(({ fatal }) => fatal);
  if (problem !== undefined) throw unclear(path, problem);
  const sign = encoding?.sign ?? null;
  const stored = [...fills, ...(encoding?.missing ?? []).map(Number)];
  const missing: Missing = {
    marks: sign === null ? stored : stored.map((mark) => numberOfSign(dtype, sign, mark)),
    valid: validRange === "mask" ? (encoding?.valid ?? null) : null,
  };
  const values = sign === null ? same : (column: Column) => withSign(path, dtype, sign, column, stored);
  const packing = encoding?.packing ?? null;
  if (packing !== null) {
    const unpacked = (column: Column): Column => unpack(values(column), missing, packing);
    const decoding = told(missing, unpacked, unpacked, unpacked);
    return { ...decoding, isMissing: () => Number.isNaN };
  }
  if (!hasMissing(missing)) return told(missing, values, values, values);
  const masked = (column: Column): Column => {
    const given = values(column);
    const isFloat = given instanceof Float32Array || given instanceof Float64Array;
    return isFloat && !holdsMissing(given, missing) ? given : maskMissing(given, missing);
  };
  const compared = (column: Column): Column => {
    const given = values(column);
    return holdsMissing(given, missing) ? maskMissing(given, missing) : given;
  };
  return told(missing, values, masked, compared);
}

type Decode = (stored: Column) => Column;

function told(missing: Missing, values: Decode, masked: Decode, compared: Decode): Decoding {
  const isMissing = (column: Column) => missingTest(column, missing);
  return { hasMissing: hasMissing(missing), isMissing, values, masked, compared };
}

const same: Decode = (column) => column;

function unclear(path: string, { attribute, what }: EncodingProblem): ReaderError {
  return new ReaderError("DATASET_ENCODING", {
    path,
    what: `${attribute} of the dataset ${what}`,
    why: "values are computed with it from the numbers that are stored, and a wrong one would make all of them wrong",
    mend: "mend the file, or set data_source.decode to raw to take the stored numbers as they are",
    details: { dataset: path, attribute },
  });
}
