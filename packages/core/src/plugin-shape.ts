/** What every plugin must have, checked when it is registered and when it makes something: a mistake names plugin, member and remedy. */
import type { BoundField } from "./aggregator.js";
import { PluginError } from "./errors.js";
import type { FieldKind } from "./fields.js";

/** Required members of a plugin kind, or of what a plugin makes, and the type of each. */
type Shape = Readonly<Record<string, "string" | "function" | "object" | "boolean" | "text list">>;

const described = { description: "string" } as const satisfies Shape;

/** Members of each plugin kind beside `kind` and `apiVersion`. */
const pluginShapes: Readonly<Record<string, Shape>> = {
  grid: { type: "string", ...described, paramsSchema: "object", create: "function" },
  aggregator: {
    name: "string",
    aliases: "text list",
    ...described,
    paramsSchema: "object",
    kinds: "text list",
    needsSource: "boolean",
    mergeLaw: "object",
    bind: "function",
  },
  filter: { name: "string", ...described, bind: "function" },
  source: { name: "string", ...described, schemes: "text list", open: "function" },
  reader: { name: "string", aliases: "text list", ...described, open: "function" },
  store: {
    name: "string",
    ...described,
    schemes: "text list",
    optionsSchema: "object",
    open: "function",
    begin: "function",
  },
  format: {
    name: "string",
    ...described,
    recognizes: "function",
    begin: "function",
    writeBlock: "function",
    root: "function",
  },
  executor: {
    name: "string",
    ...described,
    paramsSchema: "object",
    sharesDisk: "boolean",
    retry: "object",
    open: "function",
  },
};

const gridShape = {
  type: "string",
  storage: "object",
  signatureRules: "object",
  spatialSignature: "function",
  signature: "function",
  nestsWith: "function",
  coverer: "function",
  shardFootprint: "function",
  shardLabel: "function",
  shardsOf: "function",
  locate: "function",
} as const satisfies Shape;

const boundDenseShape = { inputs: "text list", aggregate: "function" } as const satisfies Shape;
const boundRaggedShape = { inputs: "text list", gather: "function" } as const satisfies Shape;
const partialShape = {
  init: "function",
  update: "function",
  merge: "function",
  encode: "function",
  decode: "function",
  regroup: "function",
  bytes: "function",
  finish: "function",
} as const satisfies Shape;
const boundChunkValueShape = { inputs: "text list", compute: "function" } as const satisfies Shape;

/** @throws PluginError `PLUGIN_MEMBER` when the plugin lacks a member of its kind, or has one of another type */
export function assertPluginShape(plugin: object, kind: string): void {
  assertMembers(plugin, pluginShapes[kind] ?? {}, nameOf(plugin, kind), "the plugin");
}

/** @throws PluginError `PLUGIN_PROMISE`, `PLUGIN_MEMBER` */
export function assertGridShape(grid: unknown, type: string): void {
  assertMade(grid, gridShape, `grid "${type}"`, "create()", "a GridPlugin");
}

/** @throws PluginError `PLUGIN_PROMISE`, `PLUGIN_MEMBER` */
export function assertBoundFieldShape(bound: unknown, aggregator: string, kind: FieldKind): void {
  const [shape, what] =
    kind === "ragged" ? [boundRaggedShape, "a BoundRagged"] : [boundDenseShape, "a BoundDense"];
  assertMade(bound, shape, `aggregator "${aggregator}"`, "bind()", what);
  const { partial } = bound as BoundField;
  if (partial === undefined) return;
  assertMembers(partial, partialShape, `aggregator "${aggregator}"`, "`partial` of what bind() returns");
}

/** @throws PluginError `PLUGIN_PROMISE`, `PLUGIN_MEMBER` */
export function assertBoundChunkValueShape(bound: unknown, aggregator: string): void {
  assertMade(
    bound,
    boundChunkValueShape,
    `aggregator "${aggregator}"`,
    "bindChunkValue()",
    "a BoundChunkValue",
  );
}

/** An error without a code that a plugin threw, told with its name and the member that threw. */
export function pluginFailure(plugin: string, member: string, cause: unknown): PluginError {
  return new PluginError("PLUGIN_FAILED", {
    what: `${plugin}: ${member} threw ${cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause)}`,
    why: "a plugin throws coded errors for what its user can mend; this is a fault in the plugin",
    mend: "report it to the plugin's authors, with the stack that --verbose shows",
    details: {
      plugin,
      member,
      ...(cause instanceof Error && cause.stack !== undefined ? { stack: cause.stack } : {}),
    },
    cause,
  });
}

function assertMade(made: unknown, shape: Shape, plugin: string, member: string, what: string): void {
  if (typeof (made as { then?: unknown } | null)?.then === "function") {
    throw new PluginError("PLUGIN_PROMISE", {
      what: `${plugin}: ${member} returns a promise`,
      why: `${what} is due at once: it is used where nothing can wait`,
      mend: `make ${member} a plain function, and load what takes time on first use`,
      details: { plugin, member },
    });
  }
  assertMembers(made, shape, plugin, `what ${member} returns`);
}

function assertMembers(object: unknown, shape: Shape, plugin: string, subject: string): void {
  const members = (typeof object === "object" && object !== null ? object : {}) as Record<string, unknown>;
  for (const [member, type] of Object.entries(shape)) {
    if (hasType(members[member], type)) continue;
    const found =
      members[member] === undefined
        ? `has no member "${member}"`
        : `has a member "${member}" that is no ${type}`;
    throw new PluginError("PLUGIN_MEMBER", {
      what: `${plugin}: ${subject} ${found}`,
      why: `the contract wants ${member} to be a ${type}`,
      mend: `add it; packages/core/src of @zagg/core describes every member, and the kits of @zagg/core/testing check them`,
      details: { plugin, member, type },
    });
  }
}

function hasType(value: unknown, type: Shape[string]): boolean {
  if (type === "text list") return Array.isArray(value) && value.every((item) => typeof item === "string");
  if (type === "object") return typeof value === "object" && value !== null && !Array.isArray(value);
  return typeof value === type && value !== "";
}

function nameOf(plugin: object, kind: string): string {
  const { type, name } = plugin as { type?: unknown; name?: unknown };
  const own = kind === "grid" ? type : name;
  return typeof own === "string" && own !== ""
    ? `${kind} "${own}"`
    : `a plugin of kind ${kind} without a name`;
}
