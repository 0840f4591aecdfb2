/** Aggregators of one column, made from segment kernels. */
import type { AggregatorPlugin, JsonObject, JsonSchema, MergeLaw, PartialDense } from "@zagg/core";
import { reducing, type Reduction } from "./partial.js";
import type { PermutingKernel, SegmentKernel } from "./kernels/segment-kernel.js";
import { sourceColumn } from "./source-column.js";

/** The schema of an aggregator without parameters. */
export const noParams = {
  type: "object",
  additionalProperties: false,
  properties: {},
} as const satisfies JsonSchema;

interface Described {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly description: string;
  /** By which the partial results merge; none when left out. */
  readonly mergeLaw?: MergeLaw;
}

/** What {@link columnAggregator} needs to know. */
export interface ColumnAggregatorSpec<P> extends Described {
  readonly paramsSchema: JsonSchema;
  kernel(params: P): SegmentKernel;
  /** Makes partial results of the kernel on its column; given with a merge law. */
  partial?(run: Reduction, source: string, params: P): PartialDense;
}

/** What {@link rankAggregator} needs to know. */
export interface RankAggregatorSpec<P> extends Described {
  readonly paramsSchema: JsonSchema;
  kernel(params: P): PermutingKernel;
}

/** An aggregator of scalar fields whose kernel reads its source column. */
export function columnAggregator<P = JsonObject>(spec: ColumnAggregatorSpec<P>): AggregatorPlugin<P> {
  return {
    ...described(spec),
    bind(request) {
      const source = sourceColumn(spec.name, request);
      const run = reducing(source, spec.kernel(request.params));
      return {
        inputs: [source],
        aggregate: run,
        ...(spec.partial === undefined ? {} : { partial: spec.partial(run, source, request.params) }),
      };
    },
  };
}

/** An aggregator of scalar fields whose kernel permutes the shared scratch of its source column. */
export function rankAggregator<P = JsonObject>(spec: RankAggregatorSpec<P>): AggregatorPlugin<P> {
  return {
    ...described(spec),
    bind(request) {
      const source = sourceColumn(spec.name, request);
      const kernel = spec.kernel(request.params);
      return {
        inputs: [source],
        aggregate(segments, out) {
          kernel(segments.scratch(source), segments.offsets, segments.cells, out);
        },
      };
    },
  };
}

function described(spec: Described & { readonly paramsSchema: JsonSchema }) {
  return {
    kind: "aggregator",
    apiVersion: 2,
    name: spec.name,
    aliases: spec.aliases ?? [],
    description: spec.description,
    paramsSchema: spec.paramsSchema,
    kinds: ["scalar"],
    needsSource: true,
    mergeLaw: spec.mergeLaw ?? { law: "none" },
  } as const;
}
