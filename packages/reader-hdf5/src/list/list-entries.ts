/** What a file holds, group by group. */
import { isCodedError, type DatasetInfo, type GranuleEntry, type JsonObject } from "@zagg/core";

import type { Hdf5Attribute, Hdf5Dataset, Hdf5File, Hdf5Group } from "../format/open.js";
import { Damage, Unsupported } from "../format/problems.js";
import type { ObjectReference, Value } from "../format/values/values.js";
import { attributeJson } from "./attribute-json.js";
import { filterName, typeName } from "./type-name.js";

/** What is at a path. */
interface Found {
  readonly path: string;
  /** Null where nothing can be told but a problem. */
  readonly object: Hdf5Dataset | Hdf5Group | null;
  readonly sameAs?: string;
  readonly problem?: string;
}

type DescribeOne = (path: string) => Promise<DatasetInfo | null>;

/** Attributes by which HDF5 ties dimensions to each other: the paths are given with each dataset. */
const TIES = ["DIMENSION_LIST", "REFERENCE_LIST"];
/** Codes of what is wrong with one dataset, and no reason to stop. */
const OF_ONE = ["DATASET_FILTER", "DATASET_TYPE", "GRANULE_CORRUPT"];

/** Groups before what is in them, members by name. @throws as the source does */
export async function listEntries(
  file: Hdf5File,
  describe: DescribeOne,
  signal?: AbortSignal,
): Promise<readonly GranuleEntry[]> {
  const found: Found[] = [];
  const groups = new Map<number, string>();
  await collect("/");
  const paths = new Map<number, string>();
  for (const { path, object } of found)
    if (object !== null && !paths.has(object.address)) paths.set(object.address, path);
  const entries: GranuleEntry[] = [];
  for (const one of found) {
    signal?.throwIfAborted();
    entries.push(await entryOf(one, describe, (address) => paths.get(address)));
  }
  return entries;

  async function collect(path: string): Promise<void> {
    signal?.throwIfAborted();
    const object = await told(() => file.object(path));
    if (typeof object === "string") return void found.push({ path, object: null, problem: object });
    if (object === undefined)
      return void found.push({ path, object: null, problem: "it is a link that leads nowhere" });
    if (object.kind === "other") return;
    if (object.kind === "dataset") return void found.push({ path, object });
    const sameAs = groups.get(object.address);
    if (sameAs !== undefined) return void found.push({ path, object, sameAs });
    groups.set(object.address, path);
    const members = await told(() => object.members());
    if (typeof members === "string") return void found.push({ path, object, problem: members });
    found.push({ path, object });
    const below = members.toSorted().map((name) => `${path === "/" ? "" : path}/${name}`);
    // What is asked for at once costs as few round trips as one of them.
    await Promise.all(below.map((member) => told(() => file.object(member))));
    for (const member of below) await collect(member);
  }
}

async function entryOf(
  { path, object, sameAs, problem }: Found,
  describe: DescribeOne,
  pathOf: (address: number) => string | undefined,
): Promise<GranuleEntry> {
  const attributes = object === null ? [] : await told(() => object.attributes());
  const problems = [
    problem,
    typeof attributes === "string" ? `its attributes cannot be read: ${attributes}` : undefined,
  ];
  const known = typeof attributes === "string" ? [] : attributes;
  const entry = {
    path,
    attributes: jsonOf(known, pathOf),
    ...(sameAs === undefined ? {} : { sameAs }),
  };
  if (object?.kind !== "dataset") return withProblem({ ...entry, dataset: null }, problems);
  const { type, space, grid, filters } = object.stored;
  let info: DatasetInfo | null = null;
  try {
    info = await describe(path);
  } catch (error) {
    if (!isCodedError(error) || !OF_ONE.includes(error.code)) throw error;
    problems.push(error.why);
  }
  if (space.isNull) problems.push("it has no extent");
  const dataset = {
    info,
    shape: space.shape,
    type: info?.dtype === "bool" ? "bool" : typeName(type),
    chunkShape: grid?.chunkShape ?? null,
    filters: filters.map(filterName),
    dimensions: dimensionsOf(known, space.shape, pathOf),
  };
  return withProblem({ ...entry, dataset }, problems);
}

function withProblem(entry: GranuleEntry, problems: readonly (string | undefined)[]): GranuleEntry {
  const problem = problems.find((one) => one !== undefined);
  return problem === undefined ? entry : { ...entry, problem };
}

function jsonOf(
  attributes: readonly Hdf5Attribute[],
  pathOf: (address: number) => string | undefined,
): JsonObject {
  const told = attributes.filter(({ name }) => !TIES.includes(name));
  return Object.fromEntries(told.map(({ name, type, value }) => [name, attributeJson(type, value, pathOf)]));
}

/** The first dataset of coordinates of each dimension: one list of references for each. */
function dimensionsOf(
  attributes: readonly Hdf5Attribute[],
  shape: readonly number[],
  pathOf: (address: number) => string | undefined,
): readonly (string | null)[] {
  const ties = attributes.find(({ name }) => name === "DIMENSION_LIST")?.value;
  return shape.map((_extent, axis) => {
    const scales = Array.isArray(ties) ? (ties as readonly Value[])[axis] : null;
    const reference = Array.isArray(scales) ? (scales as readonly (ObjectReference | null)[])[0] : null;
    return reference === null || reference === undefined ? null : (pathOf(reference.address) ?? null);
  });
}

/** What is asked for, or in words why the file does not give it. @throws as the source does */
async function told<T>(ask: () => Promise<T>): Promise<T | string> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof Damage || error instanceof RangeError)
      return `the file is damaged there (${error.message})`;
    if (error instanceof Unsupported) return error.message;
    throw error;
  }
}
