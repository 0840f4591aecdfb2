/** Whether a range fits a dataset. */
import type { ReadRange } from "@zagg/core";

import type { Described } from "./describe.js";
import { misshapen } from "./failures.js";

/** @throws ReaderError `DATASET_SHAPE`; RangeError when the range itself makes no sense */
export function assertFits(
  file: string,
  { path, info }: Pick<Described, "path" | "info">,
  { start, stop, column }: ReadRange,
): void {
  if (!Number.isInteger(start) || !Number.isInteger(stop) || start < 0 || stop < start) {
    throw new RangeError(`rows ${start} to ${stop} are no range`);
  }
  const [rows, columns = 0] = info.shape;
  const shape = `[${info.shape.join(", ")}]`;
  if (rows === undefined || info.shape.length > 2) {
    throw misshapen(file, path, `its shape is ${shape}`, "name a dataset of one or two dimensions");
  }
  if (info.shape.length === 1 && column !== undefined) {
    throw misshapen(file, path, `column ${column} is asked of shape ${shape}`, "leave `column` out");
  }
  if (info.shape.length === 2 && column === undefined) {
    throw misshapen(file, path, `no column is asked of shape ${shape}`, "say which `column`");
  }
  if (column !== undefined && (!Number.isInteger(column) || column < 0 || column >= columns)) {
    throw misshapen(file, path, `column ${column} is asked of shape ${shape}`, `use 0 to ${columns - 1}`);
  }
  if (stop > rows) {
    const why = `rows up to ${stop} are asked of shape ${shape}`;
    throw misshapen(file, path, why, "check the granule: the datasets of a group should be of one length");
  }
}
