/** A t-digest for each cell: a sketch from which any quantile is read later. */
import {
  ConfigError,
  type AggregatorPlugin,
  type CellSegments,
  type FromSchema,
  type JsonSchema,
  type PartialRagged,
  type RaggedCells,
} from "@zagg/core";
import { arrayStates, type ArrayState } from "./array-states.js";
import { sourceColumn } from "./source-column.js";
import { buildDigests, CENTROID } from "./tdigest/build.js";
import { mergeDigests } from "./tdigest/merge.js";

const tdigestParams = {
  type: "object",
  additionalProperties: false,
  properties: {
    delta: {
      type: "number",
      minimum: 1,
      default: 512,
      description: "Bounds the centroids of a digest: more are larger and more exact.",
    },
  },
} as const satisfies JsonSchema;
type TdigestParams = FromSchema<typeof tdigestParams>;

/** Rank error of merged digests, as a share of the rows; about 1/delta at the middle. */
const MERGE_TOLERANCE = 0.02;

export const tdigest: AggregatorPlugin<TdigestParams> = {
  kind: "aggregator",
  apiVersion: 2,
  name: "tdigest",
  aliases: ["build_tdigest", "zagg.stats.tdigest.build_tdigest"],
  description: "k1 t-digest of the finite values: (mean, weight) centroids by which quantiles are found.",
  paramsSchema: tdigestParams,
  kinds: ["ragged"],
  needsSource: true,
  mergeLaw: { law: "approximate", tolerance: MERGE_TOLERANCE },
  bind(request) {
    const source = sourceColumn("tdigest", request);
    const { field } = request;
    const delta = request.params.delta ?? 512;
    if (field.innerShape.length !== 1 || field.innerShape[0] !== CENTROID) {
      throw new ConfigError("AGGREGATOR_SHAPE", {
        path: `/aggregation/variables/${field.name}/inner_shape`,
        what: `the field "${field.name}" has elements of shape [${field.innerShape.join(", ")}]`,
        why: "an element of a t-digest is a centroid: its mean and its weight",
        mend: "set inner_shape: [2]",
      });
    }
    const build = (segments: CellSegments) => buildDigests(segments.scratch(source), segments.offsets, delta);
    const partial: PartialRagged<ArrayState<Digest>> = {
      ...arrayStates<Digest>({
        name: "centroids",
        Type: Float64Array,
        join: (own, later) => mergeDigests(own, later, delta),
        fault: faultOf,
      }),
      update({ arrays }, segments) {
        const { offsets, values } = build(segments);
        for (let cell = 0; cell < segments.cells; cell++) {
          const own = values.subarray(CENTROID * offsets[cell]!, CENTROID * offsets[cell + 1]!);
          if (own.length > 0) arrays.set(cell, mergeDigests(arrays.get(cell) ?? [], own, delta));
        }
      },
      finish: joined,
    };
    return {
      inputs: [source],
      gather: build,
      partial,
    };
  },
};

/** The digest of one cell: centroids, in float64. */
type Digest = Float64Array<ArrayBuffer>;

/** Why an array is no digest; undefined when it is. */
function faultOf(digest: Digest): string | undefined {
  if (digest.length % CENTROID !== 0) return "half a centroid";
  for (let i = 0; i < digest.length; i += CENTROID) {
    const [mean, weight] = [digest[i]!, digest[i + 1]!];
    if (!(Number.isFinite(mean) && weight > 0)) return `a centroid of mean ${mean} and weight ${weight}`;
    if (i > 0 && mean < digest[i - CENTROID]!) return "means that do not ascend";
  }
  return undefined;
}

function joined(state: ArrayState<Digest>): RaggedCells {
  const offsets = new Int32Array(state.cells + 1);
  for (const [cell, digest] of state.arrays) offsets[cell + 1] = digest.length / CENTROID;
  for (let cell = 0; cell < state.cells; cell++) offsets[cell + 1]! += offsets[cell]!;
  const values = new Float32Array(CENTROID * offsets[state.cells]!);
  for (const [cell, digest] of state.arrays) values.set(digest, CENTROID * offsets[cell]!);
  return { offsets, values };
}
