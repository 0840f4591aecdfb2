/** What a configuration says of its store beside the place, for the factory that opens it. */
import { Ajv, type AnySchema } from "ajv";
import { ConfigError } from "../errors.js";
import type { JsonObject } from "../json.js";
import { uriScheme, type Registry } from "../registry.js";
import type { StoreFactory } from "../store.js";
import { schemaProblems } from "./problems.js";
import type { ZaggConfig } from "./schema.js";

/** Keys of `output` that are the store's. */
const optionKeys = ["endpoint_url", "region"] as const;

/**
 * The options of a store: the keys of `output` that are its own, without those that are empty.
 * @throws ConfigError `STORE_OPTION_UNSUPPORTED` for one that the store does not take; `CONFIG_KEY_MISSING`, `CONFIG_VALUE`,
 * `CONFIG_TYPE`, `CONFIG_RANGE` when they do not fit its schema
 */
export function storeOptions(factory: StoreFactory, { output }: ZaggConfig): JsonObject {
  const given = optionKeys.flatMap((key) => {
    const value = output[key];
    return value === undefined || value === null ? [] : [[key, value] as const];
  });
  const known = Object.keys(factory.optionsSchema.properties ?? {});
  const foreign = given.find(([key]) => !known.includes(key));
  if (foreign !== undefined) throw unsupported(factory, foreign[0], known);
  const options: JsonObject = Object.fromEntries(given);
  if (known.length > 0) assertFits(factory, options);
  return options;
}

/**
 * Checks the options before the place of the store is certain: the store that the configuration names must take them, or, when it names
 * none that is registered, some store.
 * @throws ConfigError as {@link storeOptions}
 */
export function assertStoreOptions({ plugins }: Pick<Registry, "plugins">, config: ZaggConfig): void {
  const { store } = config.output;
  const factories = plugins.filter((plugin) => plugin.kind === "store");
  const named = factories.find(
    ({ schemes }) => typeof store === "string" && schemes.includes(uriScheme(store)),
  );
  if (named !== undefined) return void storeOptions(named, config);
  for (const key of optionKeys) {
    const takes = factories.some(({ optionsSchema }) => Object.hasOwn(optionsSchema.properties ?? {}, key));
    if (takes || config.output[key] === undefined || config.output[key] === null) continue;
    throw new ConfigError("STORE_OPTION_UNSUPPORTED", {
      path: `/output/${key}`,
      what: `output.${key} is set, and no store that there is takes it`,
      why: `the stores there are: ${factories.map(({ name }) => name).join(", ")}`,
      mend: `remove output.${key}, or add a plugin with a store that takes it`,
      details: { option: key },
    });
  }
}

function assertFits({ name, optionsSchema }: StoreFactory, options: JsonObject): void {
  const check = new Ajv({ allErrors: true, verbose: true, logger: false }).compile(
    optionsSchema as AnySchema,
  );
  if (check(options)) return;
  const { code, path, what, why, mend } = schemaProblems(check.errors ?? [])[0]!;
  throw new ConfigError(code, {
    what: `the options of the store "${name}" do not fit: ${what}`,
    why,
    mend,
    path: `/${["output", ...path].join("/")}`,
  });
}

function unsupported({ name, schemes }: StoreFactory, key: string, known: readonly string[]): ConfigError {
  return new ConfigError("STORE_OPTION_UNSUPPORTED", {
    path: `/output/${key}`,
    what: `output.${key} is set, and the store "${name}" does not take it`,
    why:
      known.length === 0
        ? `stores of ${schemes.join(", ")} have no options`
        : `the options that it takes are ${known.join(", ")}`,
    mend: `remove output.${key}, or name a store of a scheme that takes it`,
    details: { store: name, option: key, known: [...known] },
  });
}
