/** The configuration schema of a registry: the engine's part with every plugin's own parameters. */
import type { JsonSchema } from "../json.js";
import { namesOf, type AnyAggregator, type AnyGridFactory, type Registry } from "../registry.js";
import { configSchema } from "./schema.js";

/** `grid`: only `output.grid` is refined; `run`: `params` of every function too. */
export type ConfigScope = "grid" | "run";

/** Which plugins a schema is composed of. */
export type PluginChoice = (plugin: AnyGridFactory | AnyAggregator) => boolean;

/**
 * One JSON Schema for the whole configuration, for validation and for editors.
 * @param isWanted leaves plugins out: a branch that no value takes says nothing, and costs its compilation
 */
export function composeConfigSchema(
  registry: Registry,
  scope: ConfigScope = "run",
  isWanted: PluginChoice = () => true,
): JsonSchema {
  const schema = structuredClone(configSchema) as unknown as MutableSchema;
  const grids = registry.plugins.filter(
    (plugin): plugin is AnyGridFactory => plugin.kind === "grid" && isWanted(plugin),
  );
  const grid = schema.properties.output.properties.grid;
  const ofGrids = grids.map((factory) => ({
    if: { properties: { type: { const: factory.type } }, required: ["type"] },
    then: withEngineKeys(factory.paramsSchema, grid.properties),
  }));
  if (ofGrids.length > 0) grid.allOf = ofGrids;
  if (scope === "run") {
    const aggregators = registry.plugins.filter(
      (plugin): plugin is AnyAggregator => plugin.kind === "aggregator" && isWanted(plugin),
    );
    const ofFunctions = aggregators.map((aggregator) => ({
      if: {
        properties: { function: { type: "string", pattern: namePattern(aggregator) } },
        required: ["function"],
      },
      // The default stands here too: ajv fills in the defaults of `then` before those of the schema around it.
      then: { properties: { params: { default: {}, ...structuredClone(aggregator.paramsSchema) } } },
    }));
    const { chunk_precompute, variables } = schema.properties.aggregation.properties;
    for (const entries of ofFunctions.length > 0 ? [chunk_precompute, variables] : [])
      entries.additionalProperties.allOf = ofFunctions;
  }
  return schema as unknown as JsonSchema;
}

/** The plugins that a configuration names, which need not be valid: its grid, and its functions. */
export function pluginsNamedBy(draft: unknown): PluginChoice {
  const { output, aggregation } = (draft ?? {}) as DraftConfig;
  const functions = [aggregation?.chunk_precompute, aggregation?.variables]
    .flatMap((entries) => Object.values(entries ?? {}))
    .map((entry) => (entry as { readonly function?: unknown } | null)?.function)
    .filter((name) => typeof name === "string");
  return (plugin) =>
    plugin.kind === "grid"
      ? plugin.type === output?.grid?.type
      : functions.some((name) => new RegExp(namePattern(plugin)).test(name));
}

/** What may stand where a plugin is named. */
interface DraftConfig {
  readonly output?: { readonly grid?: { readonly type?: unknown } | null } | null;
  readonly aggregation?: Partial<Record<"chunk_precompute" | "variables", object | null>> | null;
}

interface MutableSchema {
  properties: {
    output: { properties: { grid: { allOf?: unknown[]; properties: object } } };
    aggregation: {
      properties: Record<"chunk_precompute" | "variables", { additionalProperties: { allOf?: unknown[] } }>;
    };
  };
}

/** The keys of the grid block that the engine reads are not the plugin's to list. */
function withEngineKeys(params: JsonSchema, engineKeys: object): object {
  return { ...structuredClone(params), properties: { ...engineKeys, ...(params.properties ?? {}) } };
}

function namePattern(aggregator: AnyAggregator): string {
  const names = namesOf(aggregator).map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return `^(np\\.|numpy\\.)?(${names.join("|")})$`;
}
