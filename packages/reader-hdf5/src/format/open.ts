/** An HDF5 file over any bytes that can be read range by range. */
import { chunkCache } from "./chunks/chunk-cache.js";
import type { Selection } from "./chunks/selection.js";
import { parseDataset, type StoredDataset } from "./dataset.js";
import { denseObjects, groupLinks, isGroup } from "./groups/group-links.js";
import { parseAttribute, type StoredAttribute } from "./messages/attribute.js";
import { elementCount } from "./messages/dataspace.js";
import type { Datatype } from "./messages/datatype.js";
import type { Link } from "./messages/link.js";
import { Damage, Unsupported } from "./problems.js";
import { readParts } from "./read-many.js";
import { fileBytes, type FileBytes } from "./structure/file-bytes.js";
import { globalHeap } from "./structure/global-heap.js";
import { MESSAGE, readObjectHeader, type Message } from "./structure/object-header.js";
import { PagedBytes, type PagedBytesOptions, type RangedBytes } from "./structure/paged-bytes.js";
import { readSuperblock } from "./structure/superblock.js";
import { isNumeric, numbersOf, type Numbers } from "./values/numbers.js";
import { valuesOf, type Value } from "./values/values.js";

export interface Hdf5Attribute {
  readonly name: string;
  readonly type: Datatype;
  /** Empty for a scalar. */
  readonly shape: readonly number[];
  /** One value for a scalar, else those of all elements in row-major order; null when there is none. */
  readonly value: Value;
}

/** @param only names of those that are wanted; all unless told. @throws Damage, Unsupported, as the source does */
export type ReadAttributes = (only?: readonly string[]) => Promise<readonly Hdf5Attribute[]>;

export interface Hdf5Dataset {
  readonly kind: "dataset";
  /** Of its object header: what references name it by. */
  readonly address: number;
  readonly stored: StoredDataset;
  attributes: ReadAttributes;
}

export interface Hdf5Group {
  readonly kind: "group";
  readonly address: number;
  /** Names of members, in no particular order. */
  members(): Promise<readonly string[]>;
  attributes: ReadAttributes;
}

/** A named datatype, or what a newer library may put there. */
export interface Hdf5Other {
  readonly kind: "other";
  attributes: ReadAttributes;
}

export type Hdf5Object = Hdf5Dataset | Hdf5Group | Hdf5Other;

/** One part of one dataset. */
export interface Hdf5Request {
  readonly dataset: Hdf5Dataset;
  readonly selection: Selection;
}

export interface Hdf5File {
  /**
   * What is at a path from the root, `/` between names; undefined when nothing is.
   * @throws Damage; Unsupported behind a link into another file, and for what this walk does not know
   */
  object(path: string): Promise<Hdf5Object | undefined>;
  /** Numbers of parts of datasets, in the order in which they are asked. @throws Damage, Unsupported, as the source does */
  readNumbers(requests: readonly Hdf5Request[], signal?: AbortSignal): Promise<readonly Numbers[]>;
  /** Values of a part of a dataset of any type. @throws as `readNumbers` */
  readValues(request: Hdf5Request, signal?: AbortSignal): Promise<Numbers | readonly Value[]>;
}

export interface OpenOptions extends PagedBytesOptions {
  /** Most bytes of decoded chunks that are kept; 32 MiB unless told. */
  readonly chunkBudgetBytes?: number;
}

const CHUNK_BUDGET = 32 * 2 ** 20;
const MOST_LINKS = 64;

/** @returns undefined for bytes that are no HDF5 file. @throws Damage; or as the source does */
export async function openFile(
  source: RangedBytes,
  options: OpenOptions = {},
): Promise<Hdf5File | undefined> {
  const pages = new PagedBytes(source, options);
  const superblock = await readSuperblock(pages);
  if (superblock === undefined) return undefined;
  const file = fileBytes(pages, superblock);
  const heap = globalHeap(file);
  const cache = chunkCache(options.chunkBudgetBytes ?? CHUNK_BUDGET);
  const headers = new Map<number, Promise<readonly Message[]>>();
  const members = new Map<number, Promise<ReadonlyMap<string, Link>>>();
  const objects = new Map<number, Promise<Hdf5Object>>();

  const header = (address: number) => kept(headers, address, () => readObjectHeader(file, address));
  const links = (address: number) =>
    kept(members, address, async () => groupLinks(file, await header(address)));

  /** Address of the object at a path; undefined when nothing is there. */
  async function resolve(path: string, from: number, hops: { left: number }): Promise<number | undefined> {
    let address = path.startsWith("/") ? superblock!.root : from;
    for (const name of path.split("/")) {
      if (name === "" || name === ".") continue;
      if (!isGroup(await header(address))) return undefined;
      const link = (await links(address)).get(name);
      if (link === undefined) return undefined;
      if (link.target.kind === "external") throw new Unsupported(`${name} is a link into another file`);
      if (link.target.kind === "hard") {
        address = link.target.address;
        continue;
      }
      if (hops.left-- === 0) throw new Damage(`links lead from ${name} to ${name} without end`);
      const target = await resolve(link.target.path, address, hops);
      if (target === undefined) return undefined;
      address = target;
    }
    return address;
  }

  const makeObject = async (address: number): Promise<Hdf5Object> => {
    const messages = await header(address);
    const attributes = async (only?: readonly string[]) => {
      const stored = await readAttributes(file, messages);
      const wanted = only === undefined ? stored : stored.filter(({ name }) => only.includes(name));
      return Promise.all(wanted.map((attribute) => decoded(attribute)));
    };
    const dataset = parseDataset(file, messages);
    if (dataset !== undefined) return { kind: "dataset", address, stored: dataset, attributes };
    if (!isGroup(messages)) return { kind: "other", attributes };
    return { kind: "group", address, members: async () => [...(await links(address)).keys()], attributes };
  };

  async function decoded({ name, type, space, bytes }: StoredAttribute): Promise<Hdf5Attribute> {
    const count = space.isNull ? 0 : elementCount(space.shape);
    if (bytes.length < count * type.size) throw new Damage(`the attribute ${name} is cut off`);
    const values = await valuesOf(type, bytes.subarray(0, count * type.size), { file, heap });
    const value = space.isNull ? null : space.shape.length === 0 ? (values[0] ?? null) : (values as Value);
    return { name, type, shape: space.shape, value };
  }

  const part = { bytes: source, base: file.base, cache };
  return {
    async object(path) {
      const address = await resolve(path, superblock.root, { left: MOST_LINKS });
      return address === undefined ? undefined : kept(objects, address, () => makeObject(address));
    },
    async readNumbers(requests, signal) {
      const parts = await readParts(
        part,
        requests.map(({ dataset, selection }) => ({ dataset: dataset.stored, selection })),
        signal,
      );
      return parts.map((bytes, i) => {
        const { type } = requests[i]!.dataset.stored;
        if (!isNumeric(type)) throw new Unsupported("numbers of a dataset that holds others");
        return numbersOf(type, bytes);
      });
    },
    async readValues({ dataset: { stored }, selection }, signal) {
      const [bytes] = await readParts(part, [{ dataset: stored, selection }], signal);
      return valuesOf(stored.type, bytes!, { file, heap });
    },
  };
}

async function readAttributes(
  file: FileBytes,
  messages: readonly Message[],
): Promise<readonly StoredAttribute[]> {
  const found: StoredAttribute[] = [];
  for (const { type, bytes } of messages) {
    if (type === MESSAGE.attribute) found.push(await parseAttribute(bytes, file));
    if (type === MESSAGE.attributeInfo)
      for (const object of await denseObjects(file, bytes, true))
        found.push(await parseAttribute(object, file));
  }
  return found;
}

/** What was asked for once and succeeded is not asked for again. */
function kept<T>(known: Map<number, Promise<T>>, key: number, make: () => Promise<T>): Promise<T> {
  const promise = known.get(key) ?? make();
  if (!known.has(key)) {
    known.set(key, promise);
    promise.catch(() => known.delete(key));
  }
  return promise;
}
