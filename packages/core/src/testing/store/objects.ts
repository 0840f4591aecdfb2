/** Laws of a store's objects. */
import { API_VERSION } from "../../api-version.js";
import { Ajv, type AnySchema } from "ajv";
import fc from "fast-check";
import { isCodedError } from "../../errors.js";
import { uriScheme } from "../../registry.js";
import type { ObjectStore } from "../../store.js";
import { broken, type Law } from "../framework.js";
import { forEvery } from "../properties.js";
import type { StoreContractOptions } from "./contract.js";
import { assertHolds, assertKeys, bytesOf, keysOf } from "./content.js";
import { failureOf, show } from "../values.js";

/** Keys that arrays of any name lead to. None is a folder of another. */
const usualKeys = [
  "zarr.json",
  "12/h_mean/c/0",
  "12/h_mean/c/10",
  "12/h_mean/zarr.json",
  "12/h mean/c/0",
  "12/h_médiane/✓",
  "100%25/a+b&c=d#e",
  "100%/%2E%2E",
  ".hidden/.b",
  "a".repeat(200),
];
const hostileKeys = [
  "",
  "/a",
  "a//b",
  "a/",
  "..",
  "../a",
  "a/../b",
  "a/..",
  ".",
  "./a",
  "a/./b",
  "a\\b",
  "a\u0000b",
];
const WRITERS = 16;
const LARGE = 200_000;

export function objectLaws(options: StoreContractOptions, law: Law): void {
  const { factory } = options;
  const open = async (): Promise<ObjectStore> => factory.open(await options.uri(), options.options);

  law("its descriptor is whole", async () => {
    if (factory.kind !== "store") broken(`kind is ${show(factory.kind)}`);
    if (factory.apiVersion !== API_VERSION)
      broken(`apiVersion is ${show(factory.apiVersion)}, and the contract is at ${API_VERSION}`);
    for (const text of [factory.name, factory.description]) if (text.trim() === "") broken("a text is empty");
    const { schemes } = factory;
    if (!schemes.every((scheme) => /^[a-z][a-z0-9+.-]*$/.test(scheme))) {
      broken(`schemes are ${show(schemes)}: they are looked up in lower case, without "://"`);
    }
    if (schemes.length === 0 || new Set(schemes).size < schemes.length)
      broken(`schemes are ${show(schemes)}`);
    const scheme = uriScheme(await options.uri());
    if (!schemes.includes(scheme)) broken(`schemes ${show(schemes)} lack "${scheme}", which is tested`);
  });

  law("it says which options it takes, and takes no others", () => {
    const { optionsSchema } = factory;
    const given = options.options ?? {};
    const takes = new Ajv({ logger: false }).compile(optionsSchema as AnySchema);
    if (optionsSchema.type !== "object") broken(`optionsSchema is of the type ${show(optionsSchema.type)}`);
    if (!takes(given)) broken(`optionsSchema refuses ${show(given)}, with which the kit opens it`);
    if (takes({ ...given, "no such option": 1 }))
      broken("optionsSchema takes an option that it does not name");
    for (const [name, option] of Object.entries(optionsSchema.properties ?? {})) {
      if (typeof option !== "object" || option.description === undefined)
        broken(`the option ${show(name)} has no description`);
    }
  });

  law("a new store is empty", async () => {
    const store = await open();
    await assertKeys(store, [], "at first");
    await assertHolds(store, "zarr.json", undefined, "at first");
  });

  law("an object is given back as it was put, under any key", async () => {
    const store = await open();
    for (const key of usualKeys) await store.put(key, bytesOf(key));
    for (const key of usualKeys) await assertHolds(store, key, bytesOf(key), "after a put");
    await assertKeys(store, usualKeys, "after these puts");
  });

  law("a put replaces the whole object", async () => {
    const store = await open();
    for (const text of ["a long first object", "2nd", "", "the fourth"]) {
      await store.put("a/b", bytesOf(text));
      await assertHolds(store, "a/b", bytesOf(text), `after putting ${show(text)}`);
    }
  });

  law("any sequence of puts and deletes leaves what a map would hold", () => {
    const key = fc.constantFrom(...usualKeys.slice(0, 6));
    const step = fc.tuple(key, fc.option(fc.uint8Array({ maxLength: 20 }), { freq: 3 }));
    return forEvery(options, fc.array(step, { maxLength: 12 }), async (steps) => {
      const store = await open();
      const model = new Map<string, Uint8Array>();
      for (const [name, bytes] of steps) {
        await (bytes === null ? store.delete(name) : store.put(name, bytes));
        if (bytes === null) model.delete(name);
        else model.set(name, bytes);
      }
      for (const name of usualKeys.slice(0, 6)) await assertHolds(store, name, model.get(name), "at the end");
      await assertKeys(store, [...model.keys()], "at the end");
    });
  });

  law("deleting what is not there is no error, and deletes nothing else", async () => {
    const store = await open();
    await store.delete("none/at/all");
    await store.put("a/b", bytesOf("x"));
    for (const key of ["a", "a/b/c", "none"]) await store.delete(key);
    await assertHolds(store, "a/b", bytesOf("x"), "after deleting others");
  });

  law("a key is not its folder, nor what could be below it", async () => {
    const store = await open();
    await store.put("a/b", bytesOf("x"));
    for (const key of ["a", "a/b/c"]) await assertHolds(store, key, undefined, `beside "a/b"`);
    const failure = await failureOf(() => store.put("a/b/c", bytesOf("y")));
    if (failure !== undefined && !isCodedError(failure))
      broken(`a key below another throws ${String(failure)}, uncoded`);
    await assertHolds(store, "a/b", bytesOf("x"), `after a put at "a/b/c"`);
    await assertHolds(store, "a/b/c", failure === undefined ? bytesOf("y") : undefined, "after it");
  });

  law("a prefix lists the keys that begin with it, wherever it ends", async () => {
    const store = await open();
    const keys = ["zarr.json", "a/b", "a/bc/d", "ab", ".hidden", "b/a/b"];
    for (const key of keys) await store.put(key, bytesOf(key));
    for (const prefix of ["", "a", "a/", "a/b", "a/bc", "a/bc/", "ab", "b/", ".", "x", "x/y", "zarr.json"]) {
      await assertKeys(
        store,
        keys.filter((key) => key.startsWith(prefix)),
        "by prefix",
        prefix,
      );
    }
  });

  law("bytes are copied in and out", async () => {
    const store = await open();
    const whole = bytesOf("..abc..");
    const bytes = whole.subarray(2, 5);
    await store.put("k", bytes);
    whole.fill(0);
    await assertHolds(store, "k", bytesOf("abc"), "after writing to the bytes that were put");
    (await store.get("k"))?.fill(0);
    await assertHolds(store, "k", bytesOf("abc"), "after writing to the bytes that were got");
  });

  law("a hostile key is refused, with a code, and nothing is written", async () => {
    const store = await open();
    await store.put("b", bytesOf("kept"));
    for (const key of hostileKeys) {
      for (const [name, action] of [
        ["put", () => store.put(key, bytesOf("x"))],
        ["get", () => store.get(key)],
        ["getRange", () => store.getRange(key, { start: 0, stop: 1 })],
        ["size", () => store.size(key)],
        ["delete", () => store.delete(key)],
      ] as const) {
        const failure = await failureOf(action);
        if (failure === undefined) broken(`${name}(${show(key)}) is taken`);
        if (!isCodedError(failure))
          broken(`${name}(${show(key)}) throws ${String(failure)}, which has no code`);
      }
    }
    for (const prefix of ["../", "/", "a/../", "a//"]) {
      const failure = await failureOf(() => keysOf(store, prefix));
      if (!isCodedError(failure)) broken(`list(${show(prefix)}) gives ${String(failure)}, not a coded error`);
    }
    await assertKeys(store, ["b"], "after hostile keys");
  });

  law("puts at one key at once leave one object whole, and readers see none in part", async () => {
    const store = await open();
    const objects = Array.from({ length: WRITERS }, (_, i) => new Uint8Array(LARGE + i).fill(i + 1));
    const isWhole = (found: Uint8Array | undefined) =>
      found === undefined ||
      (found.length === LARGE + found[0]! - 1 && found.every((byte) => byte === found[0]));
    const reads = objects.flatMap((bytes) => [store.put("same/key", bytes), store.get("same/key")]);
    for (const found of await Promise.all(reads)) {
      if (!isWhole(found ?? undefined)) broken(`a reader saw ${found?.length} bytes of a part of an object`);
    }
    const last = await store.get("same/key");
    if (last === undefined || !isWhole(last))
      broken(`${last?.length} bytes are left, which are no object that was put`);
    await assertKeys(store, ["same/key"], "after puts at once");
  });

  law("puts at many keys at once are all there", async () => {
    const store = await open();
    const keys = Array.from({ length: WRITERS }, (_, i) => `12/field/c/${i}`);
    await Promise.all(keys.map((key) => store.put(key, bytesOf(key))));
    for (const key of keys) await assertHolds(store, key, bytesOf(key), "after puts at once");
  });

  law("opening its URI again finds the same objects, and another URI does not", async () => {
    const uri = await options.uri();
    const store = factory.open(uri, options.options);
    await store.put("a/b", bytesOf("x"));
    for (const again of [uri, store.uri]) {
      await assertHolds(
        factory.open(again, options.options),
        "a/b",
        bytesOf("x"),
        `opened again at ${again}`,
      );
    }
    await assertKeys(await open(), [], "at another place");
  });
}
