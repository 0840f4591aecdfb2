/** Takes the keys that are not honoured out of a configuration, and says what becomes of each. */
import type { Warning } from "../errors.js";
import type { Json } from "../json.js";
import type { ConfigScope } from "./compose.js";
import { originalKeys, type OriginalKey } from "./original-keys.js";
import { pointer, type Problem } from "./problems.js";

/** What is said of the keys that were there. */
export interface TakenKeys {
  /** One for all keys that change nothing; none when there is no such key. */
  readonly notes: readonly Warning[];
  /** One for each key that would change the result. */
  readonly problems: readonly Problem[];
}

/** A noted key of a configuration. */
interface Note {
  readonly path: readonly string[];
  /** As it is named: of the keys of a mapping all together. */
  readonly name: string;
  readonly why: string;
}

/**
 * Removes the keys from `config`, which is **mutated**. In the scope of the grid what a run writes is no concern: keys of
 * `aggregation` and `output` are noted, whatever they ask for.
 */
export function takeOriginalKeys(config: Record<string, unknown>, scope: ConfigScope): TakenKeys {
  const notes: Note[] = [];
  const problems: Problem[] = [];
  for (const entry of originalKeys) {
    for (const { path, mapping, key } of found(config, entry.path)) {
      const value = mapping[key] as Json;
      delete mapping[key];
      if (value === null || (entry.done !== undefined && value === entry.done)) continue;
      const name = entry.path.join(".");
      if (entry.refused !== true || entry.asksNothing?.(value) === true)
        notes.push({ path, name, why: entry.refused === true ? "its value asks for nothing" : entry.why });
      else if (scope === "grid" && path[0] !== "data_source" && path[0] !== "pipeline")
        notes.push({ path, name, why: "a shard map does not depend on it; a run refuses it" });
      else problems.push(refusal(entry, path, value));
    }
  }
  return { notes: notes.length === 0 ? [] : [note(notes)], problems };
}

function refusal({ why, mend }: OriginalKey, path: readonly string[], value: Json): Problem {
  const name = path.join(".");
  const text = JSON.stringify(value);
  const shown = text.length > 60 ? `${text.slice(0, 57)}…` : text;
  return {
    code: "CONFIG_KEY_UNSUPPORTED",
    path,
    what: `${name} is ${shown}, which is not supported yet`,
    why,
    mend: mend ?? `remove ${name} if you can do without it`,
  };
}

function note(notes: readonly Note[]): Warning {
  const byReason = new Map<string, Set<string>>();
  for (const { why, name } of notes) byReason.set(why, (byReason.get(why) ?? new Set()).add(name));
  const names = [...new Set(notes.map(({ name }) => name))];
  const reasons = [...byReason].map(([why, of]) =>
    names.length === 1 ? why : `${[...of].join(", ")}: ${why}`,
  );
  return {
    code: "CONFIG_KEY_IGNORED",
    what: `${names.length === 1 ? "a key changes" : `${names.length} keys change`} nothing here: ${names.join(", ")}`,
    why: reasons.join("; "),
    mend: "nothing need be done; removed keys are not mentioned",
    path: pointer(notes[0]!.path),
    details: { keys: notes.map(({ path, why }) => ({ path: pointer(path), why })) },
  };
}

interface Found {
  readonly path: readonly string[];
  readonly mapping: Record<string, unknown>;
  readonly key: string;
}

/** Where a configuration has a key. */
function found(root: unknown, path: readonly string[], at: readonly string[] = []): readonly Found[] {
  const [segment, ...rest] = path;
  if (segment === undefined || typeof root !== "object" || root === null || Array.isArray(root)) return [];
  const mapping = root as Record<string, unknown>;
  const keys = segment === "*" ? Object.keys(mapping) : Object.hasOwn(mapping, segment) ? [segment] : [];
  return keys.flatMap((key) =>
    rest.length === 0 ? [{ path: [...at, key], mapping, key }] : found(mapping[key], rest, [...at, key]),
  );
}
