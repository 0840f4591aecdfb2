/** Loading a configuration: parse, validate with every plugin's parameters, fill in defaults, freeze. */
import { Ajv, type AnySchema } from "ajv";
import { ConfigError, errorFromJson, errorToJson, isCodedError, type Warning } from "../errors.js";
import type { GridPlugin } from "../grid.js";
import type { Json } from "../json.js";
import { plainJson } from "../plain-json.js";
import { assertGridShape, pluginFailure } from "../plugin-shape.js";
import type { Registry } from "../registry.js";
import { composeConfigSchema, pluginsNamedBy, type ConfigScope } from "./compose.js";
import { outputFields } from "./fields.js";
import { pointer, schemaProblems, type Problem } from "./problems.js";
import { functionProblems, ruleProblems } from "./rules.js";
import type { ZaggConfig } from "./schema.js";
import { takeOriginalKeys } from "./take-original-keys.js";
import { parseYaml, type ParsedYaml, type Position } from "./yaml.js";

export interface LoadOptions {
  /** Name of the file, for messages. */
  readonly file?: string;
  /**
   * `run` (default) checks the aggregation against the registered aggregators; `grid` leaves it be, for what needs
   * only the space: shard maps depend on nothing else.
   */
  readonly scope?: ConfigScope;
}

export interface LoadedConfig {
  readonly config: ZaggConfig;
  readonly grid: GridPlugin;
  readonly warnings: readonly Warning[];
}

/**
 * Loads a YAML or JSON configuration.
 * @param source its text, or that text parsed already
 * @throws ConfigError `CONFIG_YAML`, `CONFIG_LIMIT`, or the code of the first problem; `details.problems` lists them, at most 1,000 of the schema's, with
 * line and column
 * @throws GridError when the grid's parameters do not fit together
 */
export function loadConfig(
  source: string | ParsedYaml,
  registry: Registry,
  options: LoadOptions = {},
): LoadedConfig {
  const { value, position } = typeof source === "string" ? parseYaml(source, options.file) : source;
  return validate(value, registry, options, position);
}

/** Validates a configuration that is data already, such as a job's. @throws as {@link loadConfig} */
export function validateConfig(value: Json, registry: Registry, options: LoadOptions = {}): LoadedConfig {
  return validate(value, registry, options, () => undefined);
}

/**
 * The grid that a configuration describes.
 * @throws PluginError `PLUGIN_UNKNOWN`; `PLUGIN_FAILED`, `PLUGIN_PROMISE`, `PLUGIN_MEMBER` for a plugin that breaks its contract
 * @throws GridError when the parameters do not fit together
 */
export function createGrid(registry: Registry, config: ZaggConfig): GridPlugin {
  const { type, sharded: _engineKey, ...params } = config.output.grid;
  const factory = registry.grid(type);
  let grid: GridPlugin;
  try {
    grid = factory.create(params, outputFields(config));
  } catch (error) {
    throw isCodedError(error) ? error : pluginFailure(`grid "${type}"`, "create()", error);
  }
  assertGridShape(grid, type);
  return grid;
}

type Locate = (path: readonly string[]) => Position | undefined;

function validate(value: Json, registry: Registry, options: LoadOptions, locate: Locate): LoadedConfig {
  const scope = options.scope ?? "run";
  const draft = plainJson(value) as Record<string, unknown>;
  const { notes: warnings, problems: refused } = takeOriginalKeys(draft, scope);
  const fail = (problems: readonly Problem[]): void => {
    if (problems.length > 0) throw configError(problems, options.file, locate);
  };

  const gridType = (draft as { output?: { grid?: { type?: unknown } } } | null)?.output?.grid?.type;
  if (typeof gridType === "string") fail(gridTypeProblems(gridType, registry));
  const ajv = new Ajv({
    allErrors: true,
    strict: true,
    strictTypes: false,
    useDefaults: true,
    verbose: true,
    logger: false,
    // Half of the time of a compilation, for code that runs once.
    code: { optimize: false },
  });
  const check = ajv.compile(composeConfigSchema(registry, scope, pluginsNamedBy(draft)) as AnySchema);
  const fits = check(draft);
  fail([...refused, ...(fits ? [] : schemaProblems(check.errors ?? []))]);
  const config = freeze(draft) as ZaggConfig;
  fail([...ruleProblems(config), ...(scope === "run" ? functionProblems(config, registry) : [])]);
  return Object.freeze({ config, grid: checkedGrid(registry, config, options.file, locate), warnings });
}

function gridTypeProblems(type: string, registry: Registry): Problem[] {
  try {
    registry.grid(type);
    return [];
  } catch (error) {
    if (!isCodedError(error)) throw error;
    const { code, what, why, mend } = error;
    return [{ code, what, why, mend, path: ["output", "grid", "type"] }];
  }
}

/** The grid; what its plugin refuses is told with the place in the file. */
function checkedGrid(
  registry: Registry,
  config: ZaggConfig,
  file: string | undefined,
  locate: Locate,
): GridPlugin {
  try {
    return createGrid(registry, config);
  } catch (error) {
    if (!isCodedError(error)) throw error;
    const path = error.path ?? "/output/grid";
    const details = { ...error.details, ...placeOf(path.split("/").slice(1), file, locate) };
    throw Object.assign(errorFromJson({ ...errorToJson(error), path, details }), { cause: error });
  }
}

function configError(problems: readonly Problem[], file: string | undefined, locate: Locate): ConfigError {
  const listed = problems
    .map(({ path, ...problem }) => ({
      ...problem,
      path: pointer(path),
      ...placeOf(path, file, locate),
    }))
    .sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
  const first = listed[0]!;
  const { code, what, why, mend, path, line, column } = first;
  return new ConfigError(code, {
    what,
    why,
    mend,
    path,
    details: { file: file ?? null, line, column, problems: listed },
  });
}

function placeOf(
  path: readonly string[],
  file: string | undefined,
  locate: Locate,
): { file: string | null; line: number | null; column: number | null } {
  const at = locate(path);
  return { file: file ?? null, line: at?.line ?? null, column: at?.column ?? null };
}

function freeze(value: unknown): unknown {
  if (typeof value === "object" && value !== null) {
    for (const item of Object.values(value)) freeze(item);
    Object.freeze(value);
  }
  return value;
}
