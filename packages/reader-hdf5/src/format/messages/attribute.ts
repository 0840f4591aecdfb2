/** Attributes as they are stored. HDF5 File Format Specification 3.0, section IV.A.2.m. */
import { Damage } from "../problems.js";
import { Cursor } from "../structure/cursor.js";
import type { FileBytes } from "../structure/file-bytes.js";
import { MESSAGE, readObjectHeader, sharedAddress } from "../structure/object-header.js";
import { parseDataspace, type Dataspace } from "./dataspace.js";
import { parseDatatype, type Datatype } from "./datatype.js";

export interface StoredAttribute {
  readonly name: string;
  readonly type: Datatype;
  readonly space: Dataspace;
  readonly bytes: Uint8Array;
}

/** @throws Damage, Unsupported */
export async function parseAttribute(bytes: Uint8Array, file: FileBytes): Promise<StoredAttribute> {
  const cursor = new Cursor(bytes);
  const version = cursor.u8();
  if (version < 1 || version > 3) throw new Damage(`an attribute has version ${version}`);
  const flags = cursor.u8();
  const nameBytes = cursor.u16();
  const typeBytes = cursor.u16();
  const spaceBytes = cursor.u16();
  if (version === 3) cursor.skip(1);
  const unit = version === 1 ? 8 : 1;
  const padded = (count: number) => cursor.take(Math.ceil(count / unit) * unit).subarray(0, count);
  const name = new TextDecoder().decode(padded(nameBytes)).replace(/\0.*$/su, "");
  const typeMessage = padded(typeBytes);
  const spaceMessage = padded(spaceBytes);
  const isShared = version > 1;
  const type = isShared && (flags & 1) !== 0 ? await committed(typeMessage, file) : typeMessage;
  if (isShared && (flags & 2) !== 0) throw new Damage(`the attribute ${name} shares its extent`);
  return {
    name,
    type: parseDatatype(type),
    space: parseDataspace(spaceMessage, file.lengthBytes),
    bytes: cursor.rest(),
  };
}

/** The message of a type that is an object of its own. */
async function committed(bytes: Uint8Array, file: FileBytes): Promise<Uint8Array> {
  const messages = await readObjectHeader(file, sharedAddress(file, new Cursor(bytes)));
  const found = messages.find(({ type }) => type === MESSAGE.datatype);
  if (found === undefined) throw new Damage("a named datatype is not where it should be");
  return found.bytes;
}
