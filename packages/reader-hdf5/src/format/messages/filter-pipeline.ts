/** What was done to chunks before they were stored. HDF5 File Format Specification 3.0, section IV.A.2.l. */
import { Damage } from "../problems.js";
import { Cursor } from "../structure/cursor.js";

export interface Filter {
  /** As registered with the HDF Group. */
  readonly id: number;
  readonly name: string;
  readonly parameters: readonly number[];
}

const MOST_FILTERS = 32;
/** Filters below are HDF5's own and need no name. */
const FIRST_NAMED = 256;

/** Filters in the order in which they were applied. @throws Damage */
export function parseFilterPipeline(bytes: Uint8Array): readonly Filter[] {
  const cursor = new Cursor(bytes);
  const version = cursor.u8();
  if (version !== 1 && version !== 2) throw new Damage(`a filter pipeline has version ${version}`);
  const count = cursor.u8();
  if (count > MOST_FILTERS) throw new Damage(`a filter pipeline has ${count} filters`);
  if (version === 1) cursor.skip(6);
  return Array.from({ length: count }, () => {
    const id = cursor.u16();
    const nameBytes = version === 1 || id >= FIRST_NAMED ? cursor.u16() : 0;
    cursor.skip(2);
    const parameterCount = cursor.u16();
    const padded = version === 1 ? Math.ceil(nameBytes / 8) * 8 : nameBytes;
    const name = new TextDecoder().decode(cursor.take(padded)).replace(/\0.*$/su, "");
    const parameters = Array.from({ length: parameterCount }, () => cursor.u32());
    if (version === 1 && parameterCount % 2 === 1) cursor.skip(4);
    return { id, name, parameters };
  });
}
