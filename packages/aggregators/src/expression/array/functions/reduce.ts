/** Reductions, over all elements or along an axis: the kernels of the cells. */
import { reductions } from "../../reductions.js";
import { averageType, isFloating, type NumberType } from "../../types.js";
import { castArray, flag, oneNumber, optionalArray, toArray } from "../convert.js";
import { elementwise } from "../broadcast.js";
import { weightedMeanOfCells } from "../../../kernels/sums.js";
import { groupsOf, type ArrayComplaints, type ArrayFunction, type Operand } from "../nd-array.js";
import { alongAxis, axisOf, moved, reduced } from "./along.js";

/** What NumPy gives where there is nothing to reduce; what is not here is an error. */
const ofNothing: Readonly<Record<string, number>> = {
  sum: 0, nansum: 0, prod: 1, nanprod: 1, any: 0, all: 1, count_nonzero: 0, mean: NaN, nanmean: NaN, var: NaN,
  std: NaN, nanvar: NaN, nanstd: NaN, median: NaN, nanmedian: NaN, nanquantile: NaN, nanpercentile: NaN,
}; // prettier-ignore

function reduction(name: string): ArrayFunction {
  const { optional, kernel, type } = reductions.get(name)!;
  return {
    parameters: ["a", "axis"],
    required: 1,
    named: [
      "keepdims",
      ...(optional === undefined ? [] : [optional.name]),
      ...(/sum|prod|mean|var|std/.test(name) ? ["dtype"] : []),
    ],
    apply(args, complain) {
      const array = toArray(args.get("a"), complain);
      const along = alongAxis(array, axisOf(args, array.shape.length, complain));
      const option =
        optional !== undefined && args.has(optional.name)
          ? oneNumber(args.get(optional.name), optional.name, complain)
          : 0;
      const out = new Float64Array(along.groups);
      const declared = args.get("dtype");
      const result = typeof declared === "string" ? (declared as NumberType) : type(array.type);
      if (along.length === 0) fillNothing(name, out, complain);
      else kernel(option)(along.data, groupsOf(along.groups, along.length).offsets, along.groups, out);
      return reduced(along, result, out, array, flag(args.get("keepdims")));
    },
  };
}

function fillNothing(name: string, out: Float64Array, complain: ArrayComplaints): void {
  const value = ofNothing[name];
  if (value === undefined) throw complain.value(`${name} of no elements is asked for`, "it has no value");
  out.fill(value);
}

/** `np.quantile` and its kin: one probability, or several, whose axis comes first. */
function quantiles(name: "quantile" | "percentile" | "nanquantile" | "nanpercentile"): ArrayFunction {
  const { kernel, type, required } = reductions.get(name)!;
  const most = required?.maximum ?? 1;
  return {
    parameters: ["a", "q", "axis"],
    required: 2,
    named: ["keepdims", "method"],
    apply(args, complain) {
      const array = toArray(args.get("a"), complain);
      const q = toArray(args.get("q"), complain);
      const method = args.get("method") ?? "linear";
      if (method !== "linear")
        throw complain.value(`the method is ${JSON.stringify(method)}`, "only the linear one is known here");
      const isSeveral = q.shape.length > 0;
      // Several probabilities are an array of doubles, which float32 values are widened to.
      const of =
        isSeveral && (most === 100 || isFloating(q.type)) && array.type === "float32"
          ? castArray(array, "float64")
          : array;
      const along = alongAxis(of, axisOf(args, array.shape.length, complain));
      const parts = Array.from(q.data, (probability) => {
        if (!(probability >= 0 && probability <= most))
          throw complain.value(`${name} is asked at ${probability}`, `it is from 0 to ${most}`);
        const out = new Float64Array(along.groups);
        if (along.length === 0) {
          if (!name.startsWith("nan"))
            throw complain.value(`${name} of no elements is asked for`, "it has no value");
          out.fill(NaN);
        } else
          kernel(probability)(along.data, groupsOf(along.groups, along.length).offsets, along.groups, out);
        return reduced(along, type(of.type), out, array, flag(args.get("keepdims")));
      });
      if (!isSeveral) return parts[0]!;
      const stacked = toArray(parts, complain);
      return { ...stacked, shape: [...q.shape, ...stacked.shape.slice(1)] };
    },
  };
}

/** Where the least or the greatest element is; a NaN comes before all. */
function extremeAt(isBetter: (value: number, best: number) => boolean, skipsNaN: boolean): ArrayFunction {
  return {
    parameters: ["a", "axis"],
    required: 1,
    named: ["keepdims"],
    apply(args, complain) {
      const array = toArray(args.get("a"), complain);
      const along = alongAxis(array, axisOf(args, array.shape.length, complain));
      if (along.length === 0)
        throw complain.value("the extreme of no elements is asked for", "there is none");
      const out = new Float64Array(along.groups);
      for (let group = 0; group < along.groups; group++) {
        const start = group * along.length;
        let best = -1;
        for (let i = 0; i < along.length; i++) {
          const value = along.data[start + i]!;
          if (value !== value) {
            if (skipsNaN) continue;
            best = i;
            break;
          }
          if (best < 0 || isBetter(value, along.data[start + best]!)) best = i;
        }
        if (best < 0) throw complain.value("all elements are NaN", "none is the extreme");
        out[group] = best;
      }
      return reduced(along, "int64", out, array, flag(args.get("keepdims")));
    },
  };
}

const average: ArrayFunction = {
  parameters: ["a", "axis", "weights"],
  required: 1,
  apply(args, complain) {
    const weights = args.get("weights");
    const mean = reduction("mean");
    if (weights === undefined || weights === null) return mean.apply(args, complain);
    const array = toArray(args.get("a"), complain);
    const weight = toArray(weights, complain);
    const axis = axisOf(args, array.shape.length, complain);
    const spread =
      weight.shape.length < array.shape.length && axis !== null
        ? moved(
            { ...weight, shape: [...array.shape.map(() => 1).slice(1), ...weight.shape] },
            array.shape.length - 1,
            axis,
          )
        : weight;
    const same = elementwise([array, spread], ([, w]) => w as never, complain);
    if (weight.data.length === 1 && array.data.length !== 1)
      throw complain.shape("one weight meets many values", "every value needs a weight of its own");
    const [values, along] = [alongAxis(array, axis), alongAxis(same, axis)];
    const out = new Float64Array(values.groups);
    weightedMeanOfCells(
      values.data,
      along.data,
      groupsOf(values.groups, values.length).offsets,
      values.groups,
      out,
    );
    return reduced(values, averageType(array.type, weight.type), out, array, false);
  },
};

const size: ArrayFunction = {
  parameters: ["a"],
  required: 1,
  apply: (args, complain) => whole(toArray(args.get("a"), complain).data.length),
};

function whole(value: number): Operand {
  return { type: "pyint", shape: [], data: Float64Array.of(value) };
}

/** `np.cov` of one or more rows of observations, and `np.corrcoef`. */
function covariance(normalized: boolean): ArrayFunction {
  return {
    parameters: ["m", "y"],
    required: 1,
    named: ["ddof", "rowvar", "bias"],
    apply(args, complain) {
      const first = toArray(args.get("m"), complain);
      const second = optionalArray(args.get("y"), complain);
      const rows: Float64Array[] = [];
      for (const array of second === undefined ? [first] : [first, second]) {
        const length = array.shape.at(-1) ?? 1;
        const groups = array.data.length / Math.max(1, length);
        for (let row = 0; row < groups; row++)
          rows.push(Float64Array.from(array.data.subarray(row * length, (row + 1) * length)));
      }
      if (args.has("rowvar")) throw complain.type("rowvar is given", "each row is a variable here");
      const n = rows[0]?.length ?? 0;
      if (rows.some((row) => row.length !== n))
        throw complain.shape("rows differ in length", "variables have as many observations");
      const ddof = args.has("ddof")
        ? oneNumber(args.get("ddof"), "ddof", complain)
        : flag(args.get("bias"))
          ? 0
          : 1;
      const centred = rows.map((row) => {
        const mean = row.reduce((sum, value) => sum + value, 0) / n;
        return row.map((value) => value - mean);
      });
      const k = rows.length;
      const data = new Float64Array(k * k);
      for (let i = 0; i < k; i++) {
        for (let j = 0; j < k; j++) {
          const [a, b] = [centred[i] as Float64Array, centred[j] as Float64Array];
          data[i * k + j] = a.reduce((sum, value, row) => sum + value * b[row]!, 0) / (n - ddof);
        }
      }
      const result = normalized
        ? data.map(
            (value, at) => value / Math.sqrt(data[Math.floor(at / k) * (k + 1)]! * data[(at % k) * (k + 1)]!),
          )
        : data;
      return { type: "float64", shape: k === 1 ? [] : [k, k], data: result };
    },
  };
}

const named = [...reductions.keys()].filter((name) => !/quantile|percentile/.test(name));

export const reduceFunctions: readonly (readonly [string, ArrayFunction])[] = [
  ...named.map((name) => [name, reduction(name)] as const),
  ...(["quantile", "percentile", "nanquantile", "nanpercentile"] as const).map(
    (name) => [name, quantiles(name)] as const,
  ),
  ["argmin", extremeAt((a, b) => a < b, false)],
  ["argmax", extremeAt((a, b) => a > b, false)],
  ["nanargmin", extremeAt((a, b) => a < b, true)],
  ["nanargmax", extremeAt((a, b) => a > b, true)],
  ["average", average],
  ["size", size],
  ["cov", covariance(false)],
  ["corrcoef", covariance(true)],
];
