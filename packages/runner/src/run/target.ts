/** Whether a run may put its store at the target. Looked at before anything is written. */
import { StoreError, type ObjectStore, type OutputFormat } from "@zagg/core";

/**
 * An empty target, or none, is free. A store of the format needs `overwrite`; anything else is never replaced.
 * @throws StoreError `STORE_EXISTS`, `STORE_NOT_RECOGNIZED`
 */
export async function assertTargetFree(
  target: ObjectStore,
  format: OutputFormat,
  overwrite: boolean,
): Promise<void> {
  const found = await firstKey(target);
  if (found === undefined) return;
  if (!(await format.recognizes(target))) throw notRecognized(target.uri, format.name, found);
  if (!overwrite) throw exists(target.uri);
}

async function firstKey(store: ObjectStore): Promise<string | undefined> {
  for await (const key of store.list("")) return key;
  return undefined;
}

function exists(uri: string): StoreError {
  return new StoreError("STORE_EXISTS", {
    path: uri,
    what: `there is a store at ${uri}`,
    why: "a run replaces a whole store, and was not told to",
    mend: "name another place, or pass --overwrite; the old store stays until the new one is complete",
  });
}

function notRecognized(uri: string, format: string, found: string): StoreError {
  return new StoreError("STORE_NOT_RECOGNIZED", {
    path: uri,
    what: `${uri} holds "${found}" and is not a ${format} store`,
    why: "a run never replaces what may be someone's other data, not even with --overwrite",
    mend: "name another place, or empty this one yourself",
    details: { found },
  });
}
