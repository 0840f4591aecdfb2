/** How many different values there are, about: HyperLogLog. Flajolet et al. 2007, "HyperLogLog", section 4. */
import type { AggregatorPlugin, Column, FromSchema, JsonSchema, PartialDense } from "@zagg/core";
import { arrayStates, type ArrayState } from "./array-states.js";
import { sourceColumn } from "./source-column.js";

const distinctParams = {
  type: "object",
  additionalProperties: false,
  properties: {
    precision: {
      type: "integer",
      minimum: 4,
      maximum: 16,
      default: 12,
      description: "2^precision registers; the count errs by about 1.04 / sqrt(2^precision), 1.6 % at 12.",
    },
  },
} as const satisfies JsonSchema;
type DistinctParams = FromSchema<typeof distinctParams>;

const DEFAULT_PRECISION = 12;

export const distinct: AggregatorPlugin<DistinctParams> = {
  kind: "aggregator",
  apiVersion: 2,
  name: "distinct",
  aliases: ["nunique"],
  description: "Number of different values, by HyperLogLog; NaN is a value, -0 is 0.",
  paramsSchema: distinctParams,
  kinds: ["scalar"],
  needsSource: true,
  mergeLaw: { law: "exact" },
  integers: "exact",
  bind(request) {
    const source = sourceColumn("distinct", request);
    const precision = request.params.precision ?? DEFAULT_PRECISION;
    const hash = createHash();
    /** Adds rows to registers, and keeps count of how many of these hold each rank. */
    const add = (
      registers: Uint8Array,
      counts: Int32Array,
      { values, rest }: SplitColumn,
      start: number,
      stop: number,
    ) => {
      for (let row = start; row < stop; row++) {
        addValue(registers, counts, hash(values[row]!, rest === null ? 0 : rest[row]!), precision);
      }
    };
    const partial: PartialDense<ArrayState<Uint8Array<ArrayBuffer>>> = {
      ...arrayStates<Uint8Array<ArrayBuffer>>({
        name: "registers",
        Type: Uint8Array,
        join,
        fault: (registers) => faultOf(registers, precision),
      }),
      update({ arrays }, { cells, offsets, column, rest }) {
        const values = { values: column(source), rest: rest?.(source) ?? null };
        const counts = new Int32Array(MOST_RANK + 1);
        for (let cell = 0; cell < cells; cell++) {
          const [start, stop] = [offsets[cell]!, offsets[cell + 1]!];
          if (start === stop) continue;
          const registers = arrays.get(cell) ?? new Uint8Array(2 ** precision);
          add(registers, counts, values, start, stop);
          arrays.set(cell, registers);
        }
      },
      finish({ arrays }, out) {
        for (const [cell, registers] of arrays) out[cell] = estimate(countsOf(registers), registers.length);
      },
    };
    return {
      inputs: [source],
      aggregate({ cells, offsets, column, rest }, out) {
        const values = { values: column(source), rest: rest?.(source) ?? null };
        const registers = new Uint8Array(2 ** precision);
        const counts = new Int32Array(MOST_RANK + 1);
        for (let cell = 0; cell < cells; cell++) {
          const [start, stop] = [offsets[cell]!, offsets[cell + 1]!];
          if (start === stop) continue;
          registers.fill(0);
          counts.fill(0);
          counts[0] = registers.length;
          add(registers, counts, values, start, stop);
          out[cell] = estimate(counts, registers.length);
        }
      },
      partial,
    };
  },
};

/** Of two sets of registers the greater of each. */
function join(own: Uint8Array<ArrayBuffer>, later: Uint8Array): Uint8Array<ArrayBuffer> {
  for (let i = 0; i < own.length; i++) own[i] = Math.max(own[i]!, later[i]!);
  return own;
}

/** Values, and what they lack to 64-bit integers; null when they lack nothing. */
interface SplitColumn {
  readonly values: Column;
  readonly rest: Int16Array | null;
}

/** Two 32-bit halves of a hash. */
interface Hash {
  high: number;
  low: number;
}

/** Hashes doubles by their bits, and what they lack: the finalizer of MurmurHash3 (Appleby), once for each half. */
function createHash(): (value: number, rest: number) => Hash {
  const double = new Float64Array(1);
  const bits = new Uint32Array(double.buffer);
  const hash: Hash = { high: 0, low: 0 };
  return (value, rest) => {
    double[0] = value === 0 ? 0 : value !== value ? NaN : value;
    const [a, b] = [rest === 0 ? bits[0]! : bits[0]! ^ mixed(rest), bits[1]!];
    hash.high = mixed(a ^ mixed(b ^ 0x9e3779b9));
    hash.low = mixed(b ^ mixed(hash.high ^ 0x85ebca6b));
    return hash;
  };
}

function mixed(word: number): number {
  let h = word >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** The most bits that a hash can begin with, the first that is set included, and one beyond. */
const MOST_RANK = 65;

function addValue(registers: Uint8Array, counts: Int32Array, { high, low }: Hash, precision: number): void {
  const register = high >>> (32 - precision);
  const rest = (high << precision) >>> 0;
  const rank = rest !== 0 ? Math.clz32(rest) + 1 : 32 - precision + Math.clz32(low) + 1;
  const before = registers[register]!;
  if (rank <= before) return;
  registers[register] = rank;
  counts[before] = counts[before]! - 1;
  counts[rank] = counts[rank]! + 1;
}

/** Why these are no registers of a precision; undefined when they are. */
function faultOf(registers: Uint8Array, precision: number): string | undefined {
  if (registers.length !== 2 ** precision)
    return `${registers.length} registers, and the precision ${precision} has ${2 ** precision}`;
  const most = MOST_RANK - precision;
  const wrong = registers.find((rank) => rank > most);
  return wrong === undefined ? undefined : `a register holds ${wrong}, and ${most} is the most`;
}

/** How many registers hold each rank. */
function countsOf(registers: Uint8Array): Int32Array {
  const counts = new Int32Array(MOST_RANK + 1);
  for (let i = 0; i < registers.length; i++) {
    const rank = registers[i]!;
    counts[rank] = counts[rank]! + 1;
  }
  return counts;
}

/** The harmonic mean of m registers; counts empty registers while there are many. */
function estimate(counts: Int32Array, m: number): number {
  let sum = 0;
  for (let rank = MOST_RANK; rank >= 0; rank--) sum += counts[rank]! * 2 ** -rank;
  const empty = counts[0]!;
  const alpha = m === 16 ? 0.673 : m === 32 ? 0.697 : m === 64 ? 0.709 : 0.7213 / (1 + 1.079 / m);
  const raw = (alpha * m * m) / sum;
  return Math.round(raw <= 2.5 * m && empty > 0 ? m * Math.log(m / empty) : raw);
}
