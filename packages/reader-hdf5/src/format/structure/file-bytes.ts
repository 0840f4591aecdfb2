/** Where structures are, and how wide the fields are that say so. */
import { Damage } from "../problems.js";
import { Cursor } from "./cursor.js";
import type { PagedBytes } from "./paged-bytes.js";

/** The bytes of an HDF5 file by its own addresses. */
export interface FileBytes {
  /** Bytes of an address. */
  readonly offsetBytes: number;
  /** Bytes of a length. */
  readonly lengthBytes: number;
  /** Byte of the file at which address 0 lies. */
  readonly base: number;
  readonly pages: PagedBytes;
  read(address: number, length: number): Promise<Uint8Array>;
  /** A cursor over bytes that must be there. */
  cursor(address: number, length: number): Promise<Cursor>;
}

export function fileBytes(
  pages: PagedBytes,
  { offsetBytes, lengthBytes, base }: Pick<FileBytes, "offsetBytes" | "lengthBytes" | "base">,
): FileBytes {
  const read = (address: number, length: number) => pages.read(base + address, length);
  return {
    offsetBytes,
    lengthBytes,
    base,
    pages,
    read,
    cursor: async (address, length) => new Cursor(await read(address, length)),
  };
}

/** An address that must be there. @throws Damage */
export function placed(address: number | undefined, what: string): number {
  if (address === undefined) throw new Damage(`${what} is nowhere`);
  return address;
}
