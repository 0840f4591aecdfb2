/**
 * The claim on a work area: of two runs of one plan at the same time, the later goes on and the earlier stops.
 *
 * A claim is one object, put whole and read back: it asks of a store neither a rename nor a write on a condition, only
 * that what was acknowledged is seen. So the earlier run stops at its next look, not at once: what it does until then is
 * what the later one does too, as both have the same plan, and a commit may be repeated.
 */
import { NOTES, StoreError, type ObjectStore } from "@zagg/core";

/** Whose the work is: this run's, another's, or nobody's since another run finished it. */
export type Holder = "own" | "other" | "none";

export interface Claim {
  holder(): Promise<Holder>;
  /** @throws StoreError `STORE_IN_USE` when the work is not this run's any more */
  assertOwn(): Promise<void>;
}

const KEY = `${NOTES}run`;

/** Takes the work over from whoever held it: a run that was killed, most often. */
export async function claimWork(store: ObjectStore): Promise<Claim> {
  const token = crypto.randomUUID();
  await store.put(KEY, new TextEncoder().encode(token));
  const holder = async (): Promise<Holder> => {
    const found = await store.get(KEY);
    if (found === undefined) return "none";
    return new TextDecoder().decode(found) === token ? "own" : "other";
  };
  return {
    holder,
    assertOwn: async () => {
      const now = await holder();
      if (now !== "own") throw inUse(store.uri, now);
    },
  };
}

function inUse(uri: string, holder: "other" | "none"): StoreError {
  const has = holder === "none" ? "has finished" : "has taken up";
  return new StoreError("STORE_IN_USE", {
    path: uri,
    what: `another run of the same plan ${has} the work at ${uri}`,
    why: "two runs at once would put an incomplete store in place",
    mend: "let the other one finish; run again only if it fails",
  });
}
