/** Members of a group, of whichever kind. */
import { parseDenseStorage, parseLink, type Link } from "../messages/link.js";
import { Damage } from "../problems.js";
import { readRecordTree } from "../structure/btree-v2.js";
import type { FileBytes } from "../structure/file-bytes.js";
import { openFractalHeap } from "../structure/fractal-heap.js";
import { MESSAGE, type Message } from "../structure/object-header.js";
import { oldGroupLinks } from "./old-group.js";

/** True for an object that is a group. */
export function isGroup(messages: readonly Message[]): boolean {
  return messages.some(({ type }) =>
    [MESSAGE.symbolTable, MESSAGE.linkInfo, MESSAGE.link].includes(type as typeof MESSAGE.link),
  );
}

/** Members by name. @param messages those of the group. @throws Damage, Unsupported */
export async function groupLinks(
  file: FileBytes,
  messages: readonly Message[],
): Promise<ReadonlyMap<string, Link>> {
  const links: Link[] = [];
  for (const { type, bytes } of messages) {
    if (type === MESSAGE.symbolTable) links.push(...(await oldGroupLinks(file, bytes)));
    if (type === MESSAGE.link) links.push(parseLink(bytes, file.offsetBytes));
    if (type === MESSAGE.linkInfo) {
      for (const object of await denseObjects(file, bytes, false))
        links.push(parseLink(object, file.offsetBytes));
    }
  }
  return new Map(links.map((link) => [link.name, link]));
}

/** Bytes before the id of the object in a record of an index by name: of links the hash, of attributes nothing. */
const BEFORE_ID = { 5: 4, 8: 0 } as const;

/** The messages that stand in a heap behind an info message. */
export async function denseObjects(
  file: FileBytes,
  message: Uint8Array,
  isOfAttributes: boolean,
): Promise<readonly Uint8Array[]> {
  const dense = parseDenseStorage(message, file.offsetBytes, isOfAttributes);
  if (dense === undefined) return [];
  const tree = await readRecordTree(file, dense.names);
  const type = isOfAttributes ? 8 : 5;
  if (tree.type !== type) throw new Damage(`an index of names is of kind ${tree.type}`);
  const heap = await openFractalHeap(file, dense.heap);
  const objects: Uint8Array[] = [];
  for (const record of tree.records) objects.push(await heap.object(record.subarray(BEFORE_ID[type])));
  return objects;
}
