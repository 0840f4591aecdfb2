/** Wrong signatures, nesting and parameters. */
import type { GridPlugin, JsonObject, OutputFieldSet } from "../../../src/index.js";
import { box, boxGrid, type BoxParams } from "../box-grid.js";
import { PARAMS, type WrongGrid } from "./wrong-grid.js";

let calls = 0;

export const wrongIdentities: readonly WrongGrid[] = [
  {
    wrong: "has no labels",
    law: "has every member of the contract, and answers at once",
    change: () => ({ shardLabel: undefined as never }),
  },
  {
    wrong: "has cells that are no function",
    law: "has every member of the contract, and answers at once",
    change: () => ({ cells: {} as never }),
  },
  {
    wrong: "promises its signature",
    law: "has every member of the contract, and answers at once",
    change: (grid) => ({ signature: (() => Promise.resolve(grid.signature())) as never }),
  },
  {
    wrong: "counts its calls in the signature",
    law: "says its signature alike at every call and in every instance, type first",
    change: (grid) => ({ spatialSignature: () => ({ ...grid.spatialSignature(), call: calls++ }) }),
  },
  {
    wrong: "has type last in its signature",
    law: "says its signature alike at every call and in every instance, type first",
    change: () => ({ spatialSignature: () => ({ cell_deg: PARAMS.cell_deg, type: "box" }) }),
  },
  {
    wrong: "writes output_fields before the spatial keys",
    law: "composes its signature from the spatial one, output_fields last",
    change: (grid) => ({
      signature: () => ({
        type: "box",
        output_fields: grid.signature().output_fields,
        cell_deg: PARAMS.cell_deg,
      }),
    }),
  },
  {
    wrong: "lists the fields in the order of the config",
    law: "composes its signature from the spatial one, output_fields last",
    change: (grid, fields) => ({
      signature: () => {
        const { output_fields, ...spatial } = grid.signature();
        const order = fields.map(({ name }) => output_fields.find((field) => field.name === name)!);
        return { ...spatial, output_fields: order } as ReturnType<GridPlugin["signature"]>;
      },
    }),
  },
  {
    wrong: "lets output fields into its spatial signature",
    law: "keeps the aggregation out of its spatial signature",
    change: (grid) => ({ spatialSignature: () => grid.signature() }),
  },
  {
    wrong: "lets the number of fields into its spatial signature",
    law: "keeps the aggregation out of its spatial signature",
    change: (grid, fields) => ({
      spatialSignature: () => ({ ...grid.spatialSignature(), bands: fields.length }),
    }),
  },
  {
    wrong: "leaves the size of its cells out of its spatial signature, as its derived grid does",
    law: "tells apart in its spatial signature what it places apart",
    change: () => ({ spatialSignature: () => ({ type: "box" }) }),
    options: {
      derived: (fields) => ({
        ...boxGrid({ cell_deg: 15 }, fields),
        spatialSignature: () => ({ type: "box" }),
      }),
    },
  },
  {
    wrong: "leaves a parameter out of its spatial signature that shifts its cells",
    law: "tells apart in its spatial signature what it places apart",
    options: {
      factory: {
        ...box,
        paramsSchema: {
          ...box.paramsSchema,
          properties: { ...box.paramsSchema.properties, east_deg: { type: "number", default: 1 } },
        } as never,
        create: (
          { east_deg = 0, ...params }: BoxParams & { readonly east_deg?: number },
          fields: OutputFieldSet,
        ) => {
          const grid = boxGrid(params, fields);
          const eastward = (lonDeg: Float64Array) => lonDeg.map((lon) => lon + east_deg);
          return {
            ...grid,
            shardsOf: (lonDeg, latDeg, out) => grid.shardsOf(eastward(lonDeg), latDeg, out),
            locate: (key, lonDeg, latDeg, out) => grid.locate(key, eastward(lonDeg), latDeg, out),
          };
        },
      },
    },
  },
  {
    wrong: "has undefined in its signature",
    law: "has signatures that survive JSON, and no key of a map too old for it",
    change: (grid) => {
      const spatial = { ...grid.spatialSignature(), datum: undefined } as unknown as { type: string };
      return {
        spatialSignature: () => spatial,
        signature: () => ({ ...grid.signature(), datum: undefined as never }),
      };
    },
  },
  {
    wrong: "has NaN in its signature",
    law: "has signatures that survive JSON, and no key of a map too old for it",
    change: (grid) => ({ signature: () => ({ ...grid.signature(), radius: NaN }) }),
  },
  {
    wrong: "forgives the lack of a key that it does not have",
    law: "has signatures that survive JSON, and no key of a map too old for it",
    change: () => ({
      signatureRules: { youngerKeys: { datum: { code: "D", why: "w", mend: "m" } }, equal: () => false },
    }),
  },
  {
    wrong: "takes any text for its own",
    law: "compares whatever a shard map may hold with its own spatial keys",
    change: () => ({
      signatureRules: { youngerKeys: {}, equal: (_key, stored, own) => typeof stored === typeof own },
    }),
  },
  {
    wrong: "fails on null in a shard map",
    law: "compares whatever a shard map may hold with its own spatial keys",
    change: () => ({
      signatureRules: {
        youngerKeys: {},
        equal: (_key, stored, own) => stored!.toString() === own!.toString(),
      },
    }),
  },
  {
    wrong: "nests with nothing",
    law: "nests with an equal grid, both ways",
    change: () => ({ nestsWith: () => false }),
  },
  {
    wrong: "nests with a grid that has its fields and more, but not the other way round",
    law: "nests with no other field set, whichever is asked",
    change: (grid) => ({
      nestsWith: (other) => {
        const theirs = other.signature().output_fields.map((field) => JSON.stringify(field));
        const own = grid.signature().output_fields.map((field) => JSON.stringify(field));
        return other.type === "box" && own.every((field) => theirs.includes(field));
      },
    }),
  },
  {
    wrong: "nests across families",
    law: "nests with no other family",
    change: (grid) => ({
      nestsWith: (other) =>
        JSON.stringify(other.signature().output_fields) === JSON.stringify(grid.signature().output_fields),
    }),
  },
  {
    wrong: "takes parameters that JSON loses",
    law: "comes from parameters that fit their schema and survive JSON",
    options: { params: { ...PARAMS, extra: undefined } as unknown as JsonObject },
  },
  {
    wrong: "means another grid by parameters that went through JSON",
    law: "comes from parameters that fit their schema and survive JSON",
    options: {
      factory: {
        ...box,
        create: (params: BoxParams, fields: OutputFieldSet) =>
          boxGrid(Object.isFrozen(params) ? params : { ...params, cell_deg: 15 }, fields),
      },
    },
  },
  {
    wrong: "has a schema with a keyword that is none",
    law: "comes from parameters that fit their schema and survive JSON",
    options: { factory: { ...box, paramsSchema: { ...box.paramsSchema, requires: ["cell_deg"] } as never } },
  },
];
