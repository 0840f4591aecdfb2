/** A store that stands, the work that is to replace it, and what a reader finds of the two. */
import {
  NOTES,
  type NamedObject,
  type ObjectStore,
  type StoreFactory,
  type StoreTransaction,
} from "../../store.js";
import { broken } from "../framework.js";
import { firstDifference, show } from "../values.js";
import { bytesOf, keysOf } from "./content.js";
import type { StoreContractOptions } from "./contract.js";

/** What a reader who begins at the root finds: a whole store, or none. */
export type Standing = "old" | "new" | "none";

/** A store opens when the last object of its root is there. */
const ROOT = "root.json";
export const newRoot: readonly NamedObject[] = [
  { key: "attributes.json", bytes: bytesOf("new") },
  { key: ROOT, bytes: bytesOf("new") },
];
const oldKeys = ["a/both", "a/meta.json", "a/old", "b/old", ROOT];
const workKeys = ["a/both", "a/meta.json", "a/new/0", "a/new/1"];
const newKeys = [...workKeys, ...newRoot.map(({ key }) => key)];
export const noteKeys = [`${NOTES}claim`, `${NOTES}done/1.json`];

/** A new place at which the old store stands. */
export async function standOld(
  options: StoreContractOptions,
): Promise<{ readonly uri: string; readonly target: ObjectStore }> {
  const uri = await options.uri();
  const target = options.factory.open(uri, options.options);
  for (const key of oldKeys) await target.put(key, bytesOf("old"));
  return { uri, target };
}

/** Begins work and writes the new store there, its root excepted, with notes. */
export async function beginNew(
  factory: StoreFactory,
  uri: string,
  options: StoreContractOptions,
  id = "1",
): Promise<StoreTransaction> {
  const work = await factory.begin(uri, id, options.options);
  for (const key of [...workKeys, ...noteKeys]) await work.store.put(key, bytesOf("new"));
  return work;
}

/**
 * What stands at a target that nobody writes to.
 * @throws when it opens and is not whole, or holds anything else
 */
export async function assertWhole(target: ObjectStore, when: string): Promise<Standing> {
  const standing = await rootOf(target);
  const keys = await keysOf(target);
  if (standing === "none") return standing;
  const wanted = [...(standing === "old" ? oldKeys : newKeys)].sort();
  if (show(keys) !== show(wanted))
    broken(`${when}, the ${standing} store opens and holds ${show(keys)}, not ${show(wanted)}`);
  const wrong = await firstForeign(target, standing);
  if (wrong !== undefined) broken(`${when}, the ${standing} store opens, and ${show(wrong)} is not of it`);
  return standing;
}

/** Looks once at a target that is being written to. @throws when it opens and is not whole */
export async function assertNoMixture(target: ObjectStore): Promise<void> {
  const standing = await rootOf(target);
  if (standing === "none") return;
  const wrong = await firstForeign(target, standing);
  // When the root is another one by now, what was seen of the rest says nothing.
  if (wrong !== undefined && (await rootOf(target)) === standing)
    broken(`while it commits, the ${standing} store opens, and ${show(wrong)} is not of it`);
}

async function rootOf(target: ObjectStore): Promise<Standing> {
  const root = await target.get(ROOT);
  if (root === undefined) return "none";
  return firstDifference(root, bytesOf("old")) < 0 ? "old" : "new";
}

/** The first object of a store that is missing, or is that of the other one. */
async function firstForeign(target: ObjectStore, standing: "old" | "new"): Promise<string | undefined> {
  for (const key of standing === "old" ? oldKeys : newKeys) {
    const found = await target.get(key);
    if (found === undefined || firstDifference(found, bytesOf(standing)) >= 0) return key;
  }
  return undefined;
}
