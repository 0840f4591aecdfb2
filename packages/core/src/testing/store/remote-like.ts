/** A store in memory that behaves like one on another machine, so that what must work on those can be tried without one. */
import { beginByCopy } from "../../copy-transaction.js";
import { StoreError, isCodedError } from "../../errors.js";
import { rangeWithin, assertRange } from "../../object-range.js";
import type { ObjectStore, StoreFactory } from "../../store.js";
import { createDice, type Dice } from "./dice.js";

/** What is wrong with the way to it. */
export interface RemoteLikeOptions {
  /** Most milliseconds until an answer; none when left out, yet no answer comes at once. */
  readonly latencyMs?: number;
  /** Share of requests that are put off and take no effect, from 0 to 1; none when left out. */
  readonly throttled?: number;
  /** Share of requests that take effect and whose answer is lost, from 0 to 1; none when left out. */
  readonly lost?: number;
  /** How often a store makes a request before it gives up; 5 when left out. The last time nothing goes wrong, unless it is the first. */
  readonly attempts?: number;
  /** Keys of one page of a listing; 3 when left out. */
  readonly pageKeys?: number;
  readonly seed?: number;
}

export interface RemoteLikeStore {
  /** Of the scheme `remote`. It wants the option `endpoint_url` to be that of this store. */
  readonly factory: StoreFactory;
  /** The same objects as a process sees them that dies after so many requests; see `StoreContractOptions.dying`. */
  dying(requests: number, answerLost: boolean): StoreFactory;
  /** Requests so far, by kind. */
  readonly requests: ReadonlyMap<string, number>;
}

/** What every place of such a store has to be opened with. */
export const remoteOptions = { endpoint_url: "https://objects.invalid" } as const;

type Request = <T>(kind: string, key: string, effect: () => T) => Promise<T>;

/** One key space: no rename, no write on a condition, listings in pages and in no order. */
export function remoteLikeStore(options: RemoteLikeOptions = {}): RemoteLikeStore {
  const { latencyMs = 0, throttled = 0, lost = 0, attempts = 5, pageKeys = 3, seed = 1 } = options;
  const objects = new Map<string, Uint8Array>();
  const requests = new Map<string, number>();
  const dice = createDice(seed);

  const answer = async <T>(kind: string, key: string, effect: () => T, mayFail: boolean): Promise<T> => {
    requests.set(kind, (requests.get(kind) ?? 0) + 1);
    await passTime(dice, latencyMs);
    if (mayFail && dice.isBelow(throttled)) throw busy(kind, key, "the server put it off");
    const result = effect();
    await passTime(dice, latencyMs);
    if (mayFail && dice.isBelow(lost)) throw busy(kind, key, "its answer was lost");
    return result;
  };
  const patient: Request = async (kind, key, effect) => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await answer(kind, key, effect, attempt < attempts || attempts === 1);
      } catch (error) {
        if (!isCodedError(error, "STORE_BUSY") || attempt >= attempts) throw error;
      }
    }
  };
  const mortal = (life: number, answerLost: boolean): Request => {
    let left = life;
    return async (kind, key, effect) => {
      if (left-- > 0) return patient(kind, key, effect);
      if (left === -1 && answerLost) await patient(kind, key, effect);
      throw new Error("the process has died");
    };
  };
  return {
    factory: factoryOf(objects, patient, dice, pageKeys),
    dying: (life, answerLost) => factoryOf(objects, mortal(life, answerLost), dice, pageKeys),
    requests,
  };
}

function factoryOf(
  objects: Map<string, Uint8Array>,
  request: Request,
  dice: Dice,
  pageKeys: number,
): StoreFactory {
  const open = (path: string): ObjectStore => openPrefix(objects, path, request, dice, pageKeys);
  return {
    kind: "store",
    apiVersion: 2,
    name: "remote-like",
    description: "Objects in memory, behind what stands between a process and another machine.",
    schemes: ["remote"],
    optionsSchema: {
      type: "object",
      additionalProperties: false,
      required: ["endpoint_url"],
      properties: { endpoint_url: { type: "string", description: "Where the server is." } },
    },
    open: (uri, options) => open(pathOf(uri, options)),
    async begin(uri, id, options) {
      const path = pathOf(uri, options);
      const slash = path.lastIndexOf("/") + 1;
      const beside = (name: string) => `${path.slice(0, slash)}.${path.slice(slash)}.${name}`;
      const places = {
        target: open(path),
        work: (workId: string) =>
          open(beside(`${encodeURIComponent(workId).replaceAll(".", "%2E")}.partial`)),
        journal: open(beside("commit")),
        copy: (from: ObjectStore, to: ObjectStore, key: string) =>
          request("copy", key, () => {
            const bytes = objects.get(`${pathOf(from.uri, remoteOptions)}/${key}`);
            if (bytes !== undefined) objects.set(`${pathOf(to.uri, remoteOptions)}/${key}`, bytes);
            return bytes !== undefined;
          }),
      };
      return beginByCopy(places, id);
    },
  };
}

function openPrefix(
  objects: Map<string, Uint8Array>,
  path: string,
  request: Request,
  dice: Dice,
  pageKeys: number,
): ObjectStore {
  const at = (key: string): string => `${path}/${checkedKey(key)}`;
  return {
    uri: `remote://${path}`,
    get: async (key) => request("get", at(key), () => objects.get(at(key))?.slice()),
    async getRange(key, range) {
      assertRange(range);
      return request("get", at(key), () => {
        const found = objects.get(at(key));
        if (found === undefined) return undefined;
        const { start, stop } = rangeWithin(range, found.length);
        return found.slice(start, stop);
      });
    },
    size: async (key) => request("head", at(key), () => objects.get(at(key))?.length),
    async put(key, bytes) {
      const own = bytes.slice();
      await request("put", at(key), () => void objects.set(at(key), own));
    },
    async delete(key) {
      await request("delete", at(key), () => void objects.delete(at(key)));
    },
    async *list(prefix) {
      checkedKey(`${prefix}x`);
      const start = `${path}/${prefix}`;
      const found = await request("list", start, () =>
        dice.shuffled([...objects.keys()].filter((key) => key.startsWith(start))),
      );
      for (let first = 0; first < found.length; first += pageKeys) {
        const page = found.slice(first, first + pageKeys);
        const there = await request("list", start, () => page.filter((key) => objects.has(key)));
        for (const key of there) yield key.slice(path.length + 1);
      }
    },
  };
}

function pathOf(uri: string, options: { readonly endpoint_url?: unknown } = {}): string {
  if (options.endpoint_url !== remoteOptions.endpoint_url)
    throw new StoreError("STORE_UNREADABLE", {
      what: `${uri} cannot be reached`,
      why: `the option endpoint_url is ${JSON.stringify(options.endpoint_url)}`,
      mend: `give ${remoteOptions.endpoint_url}`,
    });
  return uri.replace(/^remote:\/\//, "").replace(/\/+$/, "");
}

function checkedKey(key: string): string {
  const isSegment = (segment: string) => segment !== "" && segment !== "." && segment !== "..";
  if (!/[\u0000-\u001f\\]/.test(key) && key.split("/").every(isSegment)) return key;
  throw new StoreError("STORE_KEY_INVALID", {
    what: `${JSON.stringify(key)} is not a key`,
    why: "a key is relative and has no empty segment",
    mend: "rename the array or group that it belongs to",
  });
}

function busy(kind: string, key: string, why: string): StoreError {
  return new StoreError("STORE_BUSY", {
    what: `the request to ${kind} ${key} failed`,
    why,
    mend: "nothing to do when the store asks again; else run the same command again later",
    transient: true,
  });
}

async function passTime(dice: Dice, latencyMs: number): Promise<void> {
  if (latencyMs > 0) await new Promise((resolve) => setTimeout(resolve, dice.below(latencyMs)));
  for (let turns = dice.below(4); turns >= 0; turns--) await Promise.resolve();
}
