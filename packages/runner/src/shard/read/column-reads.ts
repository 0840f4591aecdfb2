/** Reads of one granule: many columns in one request, and counted when they are used. */
import type { Column, DatasetInfo, Granule, ReadRequest, TypedArray } from "@zagg/core";
import { once, together } from "./together.js";

export interface ColumnReads {
  /** Columns in the order asked, all of them needed. */
  now(requests: readonly ReadRequest[]): Promise<readonly Column[]>;
  /**
   * Columns that are asked for together; each is counted when it is first taken. 64-bit integers come as they are, when the granule can
   * tell them.
   */
  ahead(requests: readonly ReadRequest[]): readonly (() => Promise<TypedArray>)[];
}

/** @param read counts the bytes of values */
export function columnReads(granule: Granule, read: { bytes: number }): ColumnReads {
  const counted = <C extends TypedArray>(column: C): C => {
    read.bytes += column.byteLength;
    return column;
  };
  const exactly = async (requests: readonly ReadRequest[]): Promise<readonly TypedArray[]> =>
    granule.readExact === undefined ? granule.readMany(requests) : granule.readExact(requests);
  return {
    now: async (requests) => (await granule.readMany(requests)).map(counted),
    ahead: (requests) => together(requests, exactly).map((take) => once(async () => counted(await take()))),
  };
}

/** Descriptions of the datasets of a group, asked for together. */
export type Describe = (path: string) => Promise<DatasetInfo | null>;

/** @param paths those that will be asked for; another one is described alone */
export function describeTogether(granule: Granule, paths: Iterable<string>): Describe {
  const distinct = [...new Set(paths)];
  const answers = together(distinct, (some) => granule.describeMany(some));
  const byPath = new Map(distinct.map((path, i) => [path, answers[i]!]));
  return async (path) => {
    const take = byPath.get(path);
    return take === undefined ? (await granule.describeMany([path]))[0]! : take();
  };
}
