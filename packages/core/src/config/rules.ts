/** Rules that a schema cannot say, one function each. Source: the original's configuration checks. */
import { isDType, dtypes } from "../dtype.js";
import { isCodedError } from "../errors.js";
import type { Registry } from "../registry.js";
import { didYouMean } from "../suggest.js";
import { boundsProblems } from "./bounds.js";
import { chunkValueProblems } from "./chunk-value-rules.js";
import { fillValueOf, isCountFunction } from "./fields.js";
import type { Problem } from "./problems.js";
import { levelProblems } from "./level-rules.js";
import type { FilterConfig, VariableConfig, ZaggConfig } from "./schema.js";

/** Problems of a configuration that fits the schema, whatever the plugins. */
export function ruleProblems(config: ZaggConfig): Problem[] {
  return [
    ...Object.entries(config.aggregation.variables).flatMap(([name, variable]) =>
      variableProblems(name, variable),
    ),
    ...Object.entries(config.aggregation.coordinates ?? {}).flatMap(([name, coordinate]) =>
      storageProblems(["aggregation", "coordinates", name], coordinate ?? {}, false),
    ),
    ...Object.entries(config.aggregation.chunk_precompute ?? {}).flatMap(([name, entry]) => {
      const path = ["aggregation", "chunk_precompute", name];
      return [...exactlyOne(path, entry), ...dtypeProblems(path, entry.dtype)];
    }),
    ...chunkValueProblems(config),
    ...(config.data_source.filters ?? []).flatMap(filterProblems),
    ...levelProblems(config.data_source),
    ...boundsProblems(config),
  ];
}

/** Functions that no registered aggregator answers to. */
export function functionProblems({ aggregation }: ZaggConfig, registry: Registry): Problem[] {
  return (["chunk_precompute", "variables"] as const).flatMap((section) =>
    Object.entries(aggregation[section] ?? {}).flatMap(([name, entry]) => {
      if (entry.function === undefined) return [];
      try {
        registry.aggregator(entry.function);
        return [];
      } catch (error) {
        if (!isCodedError(error)) throw error;
        const { code, what, why, mend } = error;
        return [{ code, what, why, mend, path: ["aggregation", section, name, "function"] }];
      }
    }),
  );
}

function variableProblems(name: string, variable: VariableConfig): Problem[] {
  const path = ["aggregation", "variables", name];
  const isCount = isCountFunction(variable.function);
  return [
    ...nameProblems(path, name),
    ...exactlyOne(path, variable),
    ...storageProblems(path, variable, isCount),
    ...shapeProblems(path, variable, isCount),
  ];
}

/** A field's name becomes an array's name in the store. */
function nameProblems(path: readonly string[], name: string): Problem[] {
  if (/^[^/\\\p{Cc}]+$/u.test(name) && name !== "." && name !== ".." && !name.startsWith("__")) return [];
  return [
    {
      code: "CONFIG_FIELD_NAME",
      path,
      what: `the field name ${JSON.stringify(name)} cannot name a stored array`,
      why: "Zarr node names hold no slash, are not . or .. and do not start with __",
      mend: "use letters, digits and underscores",
    },
  ];
}

function exactlyOne(path: readonly string[], entry: { function?: string; expression?: string }): Problem[] {
  const both = entry.function !== undefined && entry.expression !== undefined;
  if (both !== (entry.function === undefined && entry.expression === undefined)) {
    return [
      {
        code: "CONFIG_FIELD_FUNCTION",
        path,
        what: `${path.join(".")} has ${both ? "both a function and an expression" : "neither a function nor an expression"}`,
        why: "exactly one of them says how the field is computed",
        mend: both ? "remove one" : "add `function: mean`, for example",
      },
    ];
  }
  return [];
}

function storageProblems(
  path: readonly string[],
  entry: { kind?: string; dtype?: string; fill_value?: number | string | boolean },
  isCount: boolean,
): Problem[] {
  const dtype = entry.dtype ?? "float32";
  if (!isDType(dtype)) return dtypeProblems(path, dtype);
  // An empty cell of a ragged field holds no bytes, so none has to be declared.
  if (entry.kind === "ragged" && entry.fill_value === undefined) return [];
  if (fillValueOf(entry.fill_value, dtype, isCount) !== undefined) return [];
  return [
    {
      code: "CONFIG_FILL_VALUE",
      path: [...path, ...(entry.fill_value === undefined ? [] : ["fill_value"])],
      what: `${path.join(".")} is ${dtype} and its fill value is ${String(entry.fill_value ?? "NaN, the default")}`,
      why: `${dtype} cannot hold that, so an empty cell could not be told`,
      mend: "set fill_value to a whole number in range, such as 0, or use a float dtype",
    },
  ];
}

function dtypeProblems(path: readonly string[], dtype: string | undefined): Problem[] {
  if (dtype === undefined || isDType(dtype)) return [];
  return [
    {
      code: "CONFIG_DTYPE_UNKNOWN",
      path: [...path, "dtype"],
      what: `${path.join(".")}.dtype is ${JSON.stringify(dtype)}`,
      why: `the element types there are: ${dtypes.join(", ")}`,
      mend: didYouMean(dtype, dtypes) ?? "use one of those",
    },
  ];
}

function shapeProblems(path: readonly string[], variable: VariableConfig, isCount: boolean): Problem[] {
  const problems: Problem[] = [];
  const needs = { vector: "trailing_shape", ragged: "inner_shape" } as const;
  for (const [kind, key] of Object.entries(needs)) {
    const given = variable[key as "trailing_shape" | "inner_shape"] !== undefined;
    if (given === (variable.kind === kind)) continue;
    problems.push({
      code: "CONFIG_FIELD_SHAPE",
      path: given ? [...path, key] : path,
      what: `${path.join(".")} is ${variable.kind} and ${given ? "has" : "lacks"} ${key}`,
      why: `${key} is for ${kind} fields, which need it`,
      mend: given ? `remove ${key}, or set kind: ${kind}` : `add ${key}`,
    });
  }
  if (isCount && variable.kind !== "scalar") {
    problems.push({
      code: "CONFIG_FIELD_SHAPE",
      path,
      what: `${path.join(".")} is ${variable.kind} and its function is ${String(variable.function)}`,
      why: "a count is one number per cell",
      mend: "set kind: scalar",
    });
  }
  return problems;
}

function filterProblems(filter: FilterConfig, i: number): Problem[] {
  const path = ["data_source", "filters", String(i)];
  const broken = filterRule(filter);
  if (broken === undefined) return [];
  return [
    {
      code: "CONFIG_FILTER",
      path,
      what: `data_source.filters[${i}] ${broken[0]}`,
      why: broken[1],
      mend: broken[2],
    },
  ];
}

function filterRule(filter: FilterConfig): readonly [string, string, string] | undefined {
  if (filter.expression !== undefined) {
    const other = (["dataset", "op", "column", "value", "values"] as const).find(
      (key) => filter[key] !== undefined && filter[key] !== null,
    );
    if (other !== undefined) {
      return [`has an expression and ${other}`, "a filter is one or the other", "split it in two"];
    }
    if (filter.level !== undefined && filter.level !== null) {
      return ["is an expression with a level", "expressions see base-level columns only", "remove level"];
    }
    return undefined;
  }
  if (filter.dataset === undefined) return ["names no dataset", "a filter tests one", "add dataset"];
  if (filter.op === undefined) return ["names no op", "a filter compares", "add op, such as `op: eq`"];
  const listed = filter.op === "in" || filter.op === "not_in";
  if (listed && filter.values === undefined)
    return [`has op ${filter.op} and no values`, "it looks a value up in a list", "add values: […]"];
  if (!listed && filter.value === undefined)
    return [`has op ${filter.op} and no value`, "it compares with one number", "add value"];
  return undefined;
}
