/** Reads of one granule: many columns in one request, and counted when they are used. */
import type { Column, DatasetInfo, Granule, ReadRequest } from "@zagg/core";
import { once, together } from "./together.js";

export interface ColumnReads {
  /** Columns in the order asked, all of them needed. */
  now(requests: readonly ReadRequest[]): Promise<readonly Column[]>;
  /** Columns that are asked for together; each is counted when it is first taken. */
  ahead(requests: readonly ReadRequest[]): readonly (() => Promise<Column>)[];
}

/** @param read counts the bytes of values */
export function columnReads(granule: Granule, read: { bytes: number }): ColumnReads {
  const counted = (column: Column): Column => {
    read.bytes += column.byteLength;
    return column;
  };
  return {
    now: async (requests) => (await granule.readMany(requests)).map(counted),
    ahead: (requests) =>
      together(requests, (some) => granule.readMany(some)).map((take) =>
        once(async () => counted(await take())),
      ),
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
