/** Small plugins for the tests of this package: a grid without space and two aggregators. */
import {
  createRegistry,
  perCell,
  type GridFactory,
  type GridPlugin,
  type Registry,
  GridError,
  outputFieldSignature,
} from "../src/index.js";

interface LineParams {
  cells: number;
  shard: number;
}

/** Cells along a line; just enough of a grid for configuration. */
export const line: GridFactory<LineParams> = {
  kind: "grid",
  type: "line",
  apiVersion: 2,
  description: "Cells along the equator.",
  paramsSchema: {
    type: "object",
    additionalProperties: false,
    required: ["cells"],
    properties: {
      cells: { type: "integer", minimum: 1, maximum: 360, description: "How many cells." },
      shard: { type: "integer", minimum: 1, default: 1 },
    },
  },
  create({ cells, shard }, fields) {
    if (cells % shard !== 0) {
      throw new GridError("LINE_UNEVEN", {
        what: "uneven",
        why: "no",
        mend: "change it",
        path: "/output/grid/shard",
      });
    }
    const spatial = { type: "line", cells, shard };
    const none = (): never => {
      throw new RangeError("the line has no space");
    };
    const space = ["coverer", "shardFootprint", "shardLabel", "shardsOf", "locate"];
    const plugin = {
      ...Object.fromEntries(space.map((member) => [member, none])),
      type: "line",
      storage: {},
      signatureRules: {},
      nestsWith: () => false,
      spatialSignature: () => spatial,
      signature: () => ({ ...spatial, output_fields: outputFieldSignature(fields) }),
    };
    return plugin as unknown as GridPlugin;
  },
};

export const range = perCell(
  { name: "range", aliases: ["ptp"], description: "Largest less smallest." },
  (values) => {
    let low = Infinity;
    let high = -Infinity;
    for (const value of values) {
      if (value < low) low = value;
      if (value > high) high = value;
    }
    return high - low;
  },
);

export const scaled = {
  ...perCell({ name: "scaled", description: "First value times a factor." }, (values) => values[0]!),
  paramsSchema: {
    type: "object" as const,
    additionalProperties: false,
    required: ["factor"],
    properties: { factor: { type: "number" as const }, offset: { type: "number" as const, default: 2 } },
  },
};

export const shifted = {
  ...perCell({ name: "shifted", description: "First value plus a shift." }, (values) => values[0]!),
  paramsSchema: {
    type: "object" as const,
    additionalProperties: false,
    properties: { by: { type: "number" as const, default: 1 } },
  },
};

export function testRegistry(): Registry {
  return createRegistry([line, range, scaled, shifted]);
}

export const validConfig = `data_source:
  groups: [a, b]
  coordinates: {latitude: "/{group}/lat", longitude: "/{group}/lon"}
  variables:
    h: "/{group}/h"
aggregation:
  variables:
    spread:
      function: np.ptp
      source: h
      dtype: float64
output:
  grid:
    type: line
    cells: 10
`;
