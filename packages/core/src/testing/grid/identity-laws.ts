/** Laws of signatures, nesting and parameters. */
import { API_VERSION } from "../../api-version.js";
import { Ajv, type AnySchema } from "ajv";
import { outputFieldSignature } from "../../fields.js";
import type { GridPlugin } from "../../grid.js";
import { isCodedError } from "../../errors.js";
import type { Json } from "../../json.js";
import { pointText } from "../points.js";
import type { GridLaw } from "./law.js";
import { variantsOf } from "./param-variants.js";
import { fieldA, fieldB, pointAt, positionsIn, shardsOfColumns, type GridScene } from "./scene.js";
import { rowMajorIndex } from "./storage-laws.js";

/** Members that are functions. */
const METHODS = [
  "spatialSignature",
  "signature",
  "nestsWith",
  "coverer",
  "shardFootprint",
  "shardLabel",
  "shardsOf",
  "locate",
] as const satisfies readonly (keyof GridPlugin)[];

/** Members that are functions where they are there at all. */
const OPTIONAL = ["cellCoordinate", "cells", "coarser"] as const satisfies readonly (keyof GridPlugin)[];

export const identityLaws: readonly GridLaw[] = [
  {
    name: "has every member of the contract, and answers at once",
    check({ grid }) {
      const { storage, signatureRules } = grid as Partial<GridPlugin>;
      const isObject = (value: unknown): boolean => typeof value === "object" && value !== null;
      return [
        ...(typeof grid.type === "string" && grid.type !== "" ? [] : ["type is not a name"]),
        ...METHODS.filter((name) => typeof grid[name] !== "function").map(
          (name) => `${name} is not a function`,
        ),
        ...OPTIONAL.filter((name) => name in grid && typeof grid[name] !== "function").map(
          (name) => `${name} is there, and is not a function`,
        ),
        ...Object.entries({ storage, signatureRules })
          .filter(([, value]) => !isObject(value))
          .map(([name]) => `${name} is not an object`),
        ...(typeof storage?.placement === "function" ? [] : ["storage.placement is not a function"]),
        ...(["signature", "spatialSignature"] as const)
          .filter((name) => typeof grid[name] === "function" && (grid[name]() as unknown) instanceof Promise)
          .map((name) => `${name} gives a promise where a value is due`),
      ];
    },
  },
  {
    name: "says its signature alike at every call and in every instance, type first",
    check({ create, grid }) {
      const again = create([fieldA]);
      const texts = [grid, grid, again].map((one) =>
        JSON.stringify([one.spatialSignature(), one.signature()]),
      );
      return [
        ...differing(texts[0]!, texts.slice(1)),
        ...[grid.spatialSignature(), grid.signature()].flatMap((signature) =>
          Object.keys(signature)[0] === "type" && signature.type === grid.type
            ? []
            : [
                `it begins with ${Object.keys(signature)[0]}: ${JSON.stringify(signature)}, of type ${grid.type}`,
              ],
        ),
      ];
    },
  },
  {
    name: "composes its signature from the spatial one, output_fields last",
    check({ create }) {
      return [[], [fieldA], [fieldB, fieldA]].flatMap((fields) => {
        const grid = create(fields);
        const due = { ...grid.spatialSignature(), output_fields: outputFieldSignature(fields) };
        return differing(JSON.stringify(due), [JSON.stringify(grid.signature())]);
      });
    },
  },
  {
    name: "keeps the aggregation out of its spatial signature",
    check({ create, grid }) {
      const texts = [[], [fieldB], [fieldB, fieldA]].map((fields) =>
        JSON.stringify(create(fields).spatialSignature()),
      );
      const keys = Object.keys(grid.spatialSignature()).filter((key) => key === "output_fields");
      return [
        ...differing(JSON.stringify(grid.spatialSignature()), texts),
        ...keys.map((key) => `it has the key ${key}`),
      ];
    },
  },
  {
    name: "tells apart in its spatial signature what it places apart",
    check(scene) {
      const { grid, points, shards, positions, options } = scene;
      const own = JSON.stringify(grid.spatialSignature());
      const ownRows = positions.map((position) => rowMajorIndex(grid.storage, position));
      return otherGrids(options)
        .filter(({ other }) => JSON.stringify(other.spatialSignature()) === own)
        .flatMap(({ text, other }) => {
          if (JSON.stringify(other.storage.shardShape) !== JSON.stringify(grid.storage.shardShape)) {
            return [`${text} has shards of another shape, and the same spatial signature ${own}`];
          }
          const theirShards = shardsOfColumns(other, points);
          const theirs = positionsIn(other, points, theirShards);
          const at = theirs.findIndex(
            (position, i) =>
              theirShards[i] !== shards[i] ||
              (position >= 0 && rowMajorIndex(other.storage, position) !== ownRows[i]),
          );
          return at < 0
            ? []
            : [
                `${text} has ${pointText(pointAt(points, at))} in another cell or shard, and the same spatial signature ${own}`,
              ];
        });
    },
  },
  {
    name: "has signatures that survive JSON, and no key of a map too old for it",
    check({ grid }) {
      const signature = grid.signature();
      const younger = Object.entries(grid.signatureRules.youngerKeys);
      return [
        ...inexactJson(signature, "signature"),
        ...younger
          .filter(([key, { code, why, mend }]) => !(key in grid.spatialSignature()) || !code || !why || !mend)
          .map(
            ([key]) => `the younger key ${key} is not in the spatial signature, or lacks code, why or mend`,
          ),
      ];
    },
  },
  {
    name: "compares whatever a shard map may hold with its own spatial keys",
    check({ grid }) {
      const stored: readonly Json[] = [null, true, -1, "", "no such value", [], [null], {}, { type: "none" }];
      return Object.entries(grid.spatialSignature()).flatMap(([key, own]) =>
        stored
          .filter((value) => JSON.stringify(value) !== JSON.stringify(own))
          .filter((value) => grid.signatureRules.equal(key, value, own) !== false)
          .map((value) => `it takes ${JSON.stringify(value)} for its own ${key}, ${JSON.stringify(own)}`),
      );
    },
  },
  {
    name: "nests with an equal grid, both ways",
    check({ create, options }) {
      const derived = options.derived?.([fieldA]);
      const equals: [string, GridPlugin][] = [["an equal grid", create([fieldA])]];
      if (derived !== undefined) equals.push(["the derived grid", derived]);
      const grid = create([fieldA]);
      return equals.flatMap(([what, other]) => [
        ...(grid.nestsWith(other) === true ? [] : [`it does not nest with ${what}`]),
        ...(other.nestsWith(grid) === true ? [] : [`${what} does not nest with it`]),
      ]);
    },
  },
  {
    name: "nests with no other field set, whichever is asked",
    check({ create }) {
      const sets = [[], [fieldA], [fieldB], [fieldA, fieldB], [{ ...fieldA, declaredDtype: "float32" }]];
      return sets.flatMap((left, i) =>
        sets.flatMap((right, j) =>
          create(left).nestsWith(create(right)) === (i === j)
            ? []
            : [`nestsWith is ${String(i !== j)} for the fields ${namesOf(left)} and ${namesOf(right)}`],
        ),
      );
    },
  },
  {
    name: "nests with no other family",
    check({ grid, create, options }) {
      const stranger = foreign(create([fieldA]));
      const { other } = options;
      return [
        ...(grid.nestsWith(stranger) ? [`it nests with a grid of type ${stranger.type}`] : []),
        ...(other !== undefined && grid.nestsWith(other)
          ? [`it nests with a grid of type ${other.type}`]
          : []),
        ...(other?.nestsWith(grid) === true ? [`a grid of type ${other.type} nests with it`] : []),
      ];
    },
  },
  {
    name: "comes from parameters that fit their schema and survive JSON",
    check({ grid, options: { factory, params } }) {
      if (factory === undefined) return [];
      const check = new Ajv({ allErrors: true, strict: true, strictTypes: false, useDefaults: true }).compile(
        factory.paramsSchema as AnySchema,
      );
      const given = params ?? {};
      const told: unknown = JSON.parse(JSON.stringify(given));
      if (!check(told)) return check.errors?.map((error) => `${error.instancePath} ${error.message}`) ?? [];
      const made = factory.create(told, [fieldA]);
      return [
        ...inexactJson(given, "params"),
        ...(factory.kind === "grid" && factory.apiVersion === API_VERSION && factory.description !== ""
          ? []
          : ["the factory lacks its kind, its contract version or a description"]),
        ...(factory.type === grid.type
          ? []
          : [`the factory's type is ${factory.type}, the grid's ${grid.type}`]),
        ...differing(JSON.stringify(grid.signature()), [JSON.stringify(made.signature())]),
      ];
    },
  },
];

/** The derived grid, and grids of the family that differ in one parameter. */
function otherGrids({
  derived,
  factory,
  params,
}: GridScene["options"]): { text: string; other: GridPlugin }[] {
  const varied = factory === undefined ? [] : variantsOf(factory.paramsSchema, params ?? {});
  return [
    ...(derived === undefined ? [] : [{ text: "the derived grid", other: derived([fieldA]) }]),
    ...varied.flatMap((variant) => {
      try {
        const other = factory!.create(variant, [fieldA]);
        return [{ text: `the grid of ${JSON.stringify(variant)}`, other }];
      } catch (error) {
        // Parameters that do not fit together are no grid.
        if (isCodedError(error)) return [];
        throw error;
      }
    }),
  ];
}

/** Where a value is not what JSON would give back. */
export function inexactJson(value: unknown, path: string): string[] {
  if (value === null || typeof value === "string" || typeof value === "boolean") return [];
  if (typeof value === "number") {
    return Number.isFinite(value) && !Object.is(value, -0)
      ? []
      : [`${path} is ${Object.is(value, -0) ? "-0" : value}`];
  }
  if (Array.isArray(value)) return value.flatMap((item, i) => inexactJson(item, `${path}/${i}`));
  if (
    typeof value === "object" &&
    [Object.prototype, null].includes(Object.getPrototypeOf(value) as object | null)
  ) {
    return Object.entries(value).flatMap(([key, item]) => inexactJson(item, `${path}/${key}`));
  }
  return [`${path} is ${typeof value === "object" ? "no plain object" : `a ${typeof value}`}`];
}

function differing(due: string, texts: readonly string[]): string[] {
  return texts.filter((text) => text !== due).map((text) => `it is ${text}, not ${due}`);
}

function namesOf(fields: readonly { name: string; declaredDtype: string | null }[]): string {
  return `[${fields.map(({ name, declaredDtype }) => `${name}: ${declaredDtype}`).join(", ")}]`;
}

/** A grid that says of itself what another says, but for its type. */
function foreign(grid: GridPlugin): GridPlugin {
  const type = `not-${grid.type}`;
  return Object.create(grid, {
    type: { value: type },
    spatialSignature: { value: () => ({ ...grid.spatialSignature(), type }) },
    signature: { value: () => ({ ...grid.signature(), type }) },
  }) as GridPlugin;
}
