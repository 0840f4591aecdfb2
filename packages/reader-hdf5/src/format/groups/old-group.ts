/** Members of a group of the older kind: a B-tree of symbol tables, and their names in a heap. Sections III.A to D. */
import { Damage } from "../problems.js";
import type { Link, LinkTarget } from "../messages/link.js";
import { treeLeaves } from "../structure/btree-v1.js";
import { Cursor } from "../structure/cursor.js";
import { placed, type FileBytes } from "../structure/file-bytes.js";

const SOFT = 2;

/** @param message the symbol table message of the group. @throws Damage */
export async function oldGroupLinks(file: FileBytes, message: Uint8Array): Promise<readonly Link[]> {
  const cursor = new Cursor(message);
  const tree = placed(cursor.address(file.offsetBytes), "the index of a group");
  const heap = await localHeap(file, placed(cursor.address(file.offsetBytes), "the names of a group"));
  const leaves = await treeLeaves(file, tree, {
    code: 0,
    keyBytes: file.lengthBytes,
    parseKey: (key) => key.skip(file.lengthBytes),
  });
  const links: Link[] = [];
  for (const { address } of leaves) links.push(...(await symbols(file, address, heap)));
  return links;
}

async function localHeap(file: FileBytes, address: number): Promise<Uint8Array> {
  const head = await file.cursor(address, 8 + 2 * file.lengthBytes + file.offsetBytes);
  head.signature("HEAP");
  head.version(0, "a heap of names");
  head.skip(3);
  const size = head.uint(file.lengthBytes);
  head.skip(file.lengthBytes);
  return file.read(placed(head.address(file.offsetBytes), "a heap of names"), size);
}

async function symbols(file: FileBytes, address: number, heap: Uint8Array): Promise<readonly Link[]> {
  const head = await file.cursor(address, 8);
  head.signature("SNOD");
  head.version(1, "a symbol table");
  head.skip(1);
  const count = head.u16();
  const entryBytes = 2 * file.offsetBytes + 24;
  const cursor = await file.cursor(address + 8, count * entryBytes);
  return Array.from({ length: count }, () => {
    const name = textIn(heap, cursor.uint(file.offsetBytes));
    const object = cursor.address(file.offsetBytes);
    const cacheType = cursor.u32();
    cursor.skip(4);
    const scratch = new Cursor(cursor.take(16));
    const target: LinkTarget =
      cacheType === SOFT
        ? { kind: "soft", path: textIn(heap, scratch.u32()) }
        : { kind: "hard", address: placed(object, `the member ${name}`) };
    return { name, target };
  });
}

function textIn(heap: Uint8Array, at: number): string {
  if (at >= heap.length) throw new Damage("a name lies outside of its heap");
  return new Cursor(heap, at).zeroEnded();
}
