/** B-trees of version 1. HDF5 File Format Specification 3.0, section III.A.1. */
import { Damage } from "../problems.js";
import type { Cursor } from "./cursor.js";
import { placed, type FileBytes } from "./file-bytes.js";

/** What tells the trees of groups and of chunks apart. */
export interface TreeKind<Key> {
  /** 0: members of a group; 1: chunks. */
  readonly code: 0 | 1;
  /** Bytes of a key. */
  readonly keyBytes: number;
  parseKey(cursor: Cursor): Key;
}

export interface TreeChild<Key> {
  readonly key: Key;
  readonly address: number;
}

const DEEPEST = 64;
/** What is fetched of a node beforehand: nodes of chunk indexes have some 3 kB. */
const GUESS_BYTES = 4_096;

/** The children of all leaves, in order, level by level: the nodes of a level are asked for together. */
export async function treeLeaves<Key>(
  file: FileBytes,
  root: number,
  kind: TreeKind<Key>,
): Promise<readonly TreeChild<Key>[]> {
  const seen = new Set<number>([root]);
  let nodes = [await readNode(file, root, kind)];
  for (let depth = 0; nodes[0]!.level > 0; depth++) {
    const level = nodes[0]!.level;
    if (depth > DEEPEST) throw new Damage("a B-tree is too deep");
    const addresses = nodes.flatMap(({ children }) => children.map(({ address }) => address));
    for (const address of addresses) {
      if (seen.has(address)) throw new Damage("a B-tree leads back into itself");
      seen.add(address);
    }
    await file.pages.prefetch(addresses.map((start) => ({ start: file.base + start, length: GUESS_BYTES })));
    nodes = [];
    for (const address of addresses) {
      const node = await readNode(file, address, kind);
      if (node.level !== level - 1) throw new Damage("the levels of a B-tree do not follow each other");
      nodes.push(node);
    }
    if (nodes.length === 0) return [];
  }
  return nodes.flatMap(({ children }) => children);
}

interface Node<Key> {
  readonly level: number;
  readonly children: readonly TreeChild<Key>[];
}

async function readNode<Key>(file: FileBytes, address: number, kind: TreeKind<Key>): Promise<Node<Key>> {
  const { offsetBytes } = file;
  const headBytes = 8 + 2 * offsetBytes;
  const head = await file.cursor(address, headBytes);
  head.signature("TREE");
  const code = head.u8();
  if (code !== kind.code) throw new Damage(`a B-tree is of kind ${code}`);
  const level = head.u8();
  const count = head.u16();
  const body = await file.cursor(address + headBytes, count * (kind.keyBytes + offsetBytes));
  const children = Array.from({ length: count }, () => ({
    key: kind.parseKey(body),
    address: placed(body.address(offsetBytes), "a node of a B-tree"),
  }));
  return { level, children };
}
