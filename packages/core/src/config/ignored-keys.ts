/** Keys of other revisions of the original that mean nothing here: answered by one warning each, and left out. */
import type { Warning } from "../errors.js";
import type { Json } from "../json.js";

interface IgnoredKeys {
  /** Path of the mapping; `*` stands for every key of one. */
  readonly at: readonly string[];
  readonly keys: readonly string[];
  readonly why: string;
  /** A value that is what zagg does anyway: left out without a warning. */
  readonly harmless?: Readonly<Record<string, Json>>;
}

const table: readonly IgnoredKeys[] = [
  { at: [], keys: ["pipeline", "worker"], why: "it tunes the original's deployment" },
  {
    at: ["data_source"],
    keys: [
      "index",
      "read_workers",
      "granule_workers",
      "shard_workers",
      "write_buffer",
      "credentials_provider",
    ],
    why: "it tunes how the original reads, not what is read",
  },
  {
    at: ["data_source"],
    keys: ["assets", "bands", "collections"],
    why: "it belongs to sources other than HDF5 granules",
  },
  { at: ["aggregation"], keys: ["handoff"], why: "it names an in-memory form of the original" },
  {
    at: ["aggregation", "variables", "*"],
    keys: ["location", "weights", "temporal"],
    why: "it belongs to a later revision of the original",
  },
  {
    at: ["output"],
    keys: [
      "store_layout",
      "aoi_mask",
      "consolidate_metadata",
      "windowing",
      "pyramid",
      "coverage_moc",
      "sweep",
      "touch",
      "product_name",
    ],
    why: "it belongs to a later revision of the original",
    harmless: { store_layout: "flat", consolidate_metadata: true },
  },
];

/** Removes the keys from `config`, which is **mutated**, and says which were there. */
export function removeIgnoredKeys(config: Record<string, unknown>): Warning[] {
  const warnings: Warning[] = [];
  for (const { at, keys, why, harmless } of table) {
    for (const [path, mapping] of mappings(config, at)) {
      for (const key of keys.filter((name) => name in mapping)) {
        const value = mapping[key] as Json;
        delete mapping[key];
        if (harmless !== undefined && key in harmless && harmless[key] === value) continue;
        const name = [...path, key].join(".");
        warnings.push({
          code: "CONFIG_KEY_IGNORED",
          what: `${name} is ignored`,
          why,
          mend: "remove it to silence this warning",
          path: `/${[...path, key].join("/")}`,
        });
      }
    }
  }
  return warnings;
}

function mappings(root: unknown, at: readonly string[]): [string[], Record<string, unknown>][] {
  let found: [string[], Record<string, unknown>][] = isMapping(root) ? [[[], root]] : [];
  for (const segment of at) {
    found = found.flatMap(([path, mapping]) => {
      const keys = segment === "*" ? Object.keys(mapping) : [segment];
      return keys.flatMap((key): [string[], Record<string, unknown>][] => {
        const child = mapping[key];
        return isMapping(child) ? [[[...path, key], child]] : [];
      });
    });
  }
  return found;
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
