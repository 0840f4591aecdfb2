/** A t-digest a cell: a sketch from which any quantile is read later. */
import {
  ConfigError,
  type AggregatorPlugin,
  type CellSegments,
  type FromSchema,
  type JsonSchema,
  type RaggedCells,
} from "@zagg/core";
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
    return {
      inputs: [source],
      gather: build,
      partial: {
        init: (cells: number): DigestState => ({ digests: new Array<Float64Array>(cells).fill(NO_DIGEST) }),
        update: (state: unknown, segments: CellSegments) =>
          gatherInto(state as DigestState, segments, build, delta),
        merge(state: unknown, other: unknown) {
          const [own, more] = [state as DigestState, other as DigestState];
          for (const [cell, digest] of more.digests.entries()) {
            if (digest.length > 0) own.digests[cell] = mergeDigests(own.digests[cell] ?? [], digest, delta);
          }
        },
        finish: (state: unknown) => joined(state as DigestState),
      },
    };
  },
};

/** Of a cell without values: one for all, as most cells of a shard have none. */
const NO_DIGEST = new Float64Array(0);

/** The digest of each cell so far, in float64. */
interface DigestState {
  readonly digests: Float64Array[];
}

function gatherInto(
  state: DigestState,
  segments: CellSegments,
  build: (segments: CellSegments) => RaggedCells,
  delta: number,
): void {
  const { offsets, values } = build(segments);
  for (let cell = 0; cell < segments.cells; cell++) {
    const own = values.subarray(CENTROID * offsets[cell]!, CENTROID * offsets[cell + 1]!);
    if (own.length > 0) state.digests[cell] = mergeDigests(state.digests[cell] ?? [], own, delta);
  }
}

function joined({ digests }: DigestState): RaggedCells {
  const offsets = new Int32Array(digests.length + 1);
  for (const [cell, digest] of digests.entries()) {
    offsets[cell + 1] = offsets[cell]! + digest.length / CENTROID;
  }
  const values = new Float32Array(CENTROID * offsets.at(-1)!);
  for (const [cell, digest] of digests.entries()) values.set(digest, CENTROID * offsets[cell]!);
  return { offsets, values };
}
