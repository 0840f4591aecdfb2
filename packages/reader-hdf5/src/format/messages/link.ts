/** Members of groups. HDF5 File Format Specification 3.0, sections IV.A.2.c and g. */
import { Damage } from "../problems.js";
import { Cursor } from "../structure/cursor.js";
import { placed } from "../structure/file-bytes.js";

export type LinkTarget =
  | { readonly kind: "hard"; readonly address: number }
  | { readonly kind: "soft"; readonly path: string }
  | { readonly kind: "external" };

export interface Link {
  readonly name: string;
  readonly target: LinkTarget;
}

const EXTERNAL = 64;

/** @throws Damage */
export function parseLink(bytes: Uint8Array, offsetBytes: number): Link {
  const cursor = new Cursor(bytes);
  cursor.version(1, "a link");
  const flags = cursor.u8();
  const kind = (flags & 0x08) === 0 ? 0 : cursor.u8();
  if ((flags & 0x04) !== 0) cursor.skip(8);
  if ((flags & 0x10) !== 0) cursor.skip(1);
  const decoder = new TextDecoder();
  const name = decoder.decode(cursor.take(cursor.uint(1 << (flags & 3))));
  if (kind === 0)
    return {
      name,
      target: { kind: "hard", address: placed(cursor.address(offsetBytes), `the member ${name}`) },
    };
  if (kind === 1) return { name, target: { kind: "soft", path: decoder.decode(cursor.take(cursor.u16())) } };
  if (kind === EXTERNAL) return { name, target: { kind: "external" } };
  throw new Damage(`the link ${name} is of kind ${kind}`);
}

/** Where links or attributes are that do not stand in the object header itself. */
export interface DenseStorage {
  readonly heap: number;
  /** Address of the index by name. */
  readonly names: number;
}

/** @param isOfAttributes attributes count in 16 bits what links count in 64. @throws Damage */
export function parseDenseStorage(
  bytes: Uint8Array,
  offsetBytes: number,
  isOfAttributes: boolean,
): DenseStorage | undefined {
  const cursor = new Cursor(bytes);
  cursor.version(0, "a message of dense storage");
  const flags = cursor.u8();
  if ((flags & 1) !== 0) cursor.skip(isOfAttributes ? 2 : 8);
  const heap = cursor.address(offsetBytes);
  const names = cursor.address(offsetBytes);
  return heap === undefined || names === undefined ? undefined : { heap, names };
}
