/**
 * The attributes by which netCDF files say how numbers are stored. CF Conventions 1.11, sections 2.5.1 (missing data) and 8.1
 * (packed data); NetCDF Users Guide, appendix A (`_Unsigned`, `valid_range`).
 */
import { integerRange, isFloat, itemSize, type DType } from "../dtype.js";
import { spellFillValue } from "../fill-value.js";
import type { DatasetInfo } from "../reader.js";
import type { DatasetEncoding, EncodingProblem, Packing, ValidRange } from "./dataset-encoding.js";
import { numberOfSign } from "./sign.js";

/** The attributes that {@link cfEncoding} looks at. */
export const cfAttributes = [
  "_FillValue",
  "missing_value",
  "_Unsigned",
  "scale_factor",
  "add_offset",
  "valid_min",
  "valid_max",
  "valid_range",
] as const;
export type CfAttributeName = (typeof cfAttributes)[number];

/** One attribute as it is stored. */
export interface CfAttribute {
  /** `other` for what is neither a number nor text. */
  readonly dtype: DType | "text" | "other";
  /** One for a scalar; integers of 64 bits as bigint. */
  readonly values: readonly (number | bigint | string)[];
}

/** The attributes that a dataset has of those. */
export type CfAttributes = Readonly<Partial<Record<CfAttributeName, CfAttribute>>>;

/** What attributes say of the numbers of a dataset. */
export interface CfDescription extends Pick<DatasetInfo, "fillValue" | "exactFill" | "encoding"> {
  /** All stored numbers that stand for a missing value, exact: integers as bigint. */
  readonly missing: readonly (number | bigint)[];
}

/**
 * What the attributes of a dataset say of its numbers. All of them are in packed units. `_FillValue` is rounded to the dataset's type; one that
 * no element can equal counts as not there, and is told as a problem.
 */
export function cfEncoding(dtype: DType, attributes: CfAttributes): CfDescription {
  const problems: EncodingProblem[] = [];
  const ignore = (attribute: CfAttributeName, what: string): void => {
    problems.push({ attribute, what, fatal: false });
  };
  const sign = signOf(dtype, attributes._Unsigned, ignore);
  const elements = (name: "_FillValue" | "missing_value"): readonly (number | bigint)[] =>
    elementsOf(dtype, sign, attributes[name], (what) => ignore(name, what));
  const fills = elements("_FillValue");
  const [fill] = attributes._FillValue?.values.length === 1 ? fills : [];
  const missing = [...new Set([...fills, ...elements("missing_value")])];
  const encoding: DatasetEncoding = {
    missing: missing.filter((one) => !Object.is(one, fill)).map(spellFillValue),
    sign,
    packing: packingOf(dtype, attributes, problems),
    valid: validOf(dtype, sign, attributes, ignore),
    problems,
  };
  return {
    fillValue: fill === undefined ? null : Number(fill),
    ...(typeof fill !== "bigint" || BigInt(Number(fill)) === fill ? {} : { exactFill: `${fill}` as const }),
    ...(saysNothing(encoding) ? {} : { encoding }),
    missing,
  };
}

type Ignore = (attribute: CfAttributeName, what: string) => void;

function saysNothing({ missing, sign, packing, valid, problems }: DatasetEncoding): boolean {
  return missing.length === 0 && sign === null && packing === null && valid === null && problems.length === 0;
}

function signOf(dtype: DType, attribute: CfAttribute | undefined, ignore: Ignore): DatasetEncoding["sign"] {
  if (attribute === undefined) return null;
  const [text] = attribute.values;
  const said = attribute.values.length === 1 && typeof text === "string" ? text.toLowerCase() : "";
  if (said !== "true" && said !== "false") {
    ignore("_Unsigned", `is ${shownOf(attribute)}, which is neither "true" nor "false"`);
    return null;
  }
  if (isFloat(dtype) || dtype === "bool") {
    ignore("_Unsigned", `stands at numbers of ${dtype}, and integers alone have it`);
    return null;
  }
  const isUnsigned = dtype.startsWith("uint");
  if (said === "true") return isUnsigned ? null : "unsigned";
  return isUnsigned ? "signed" : null;
}

/** The elements that an attribute of missing values means, as they are stored. */
function elementsOf(
  dtype: DType,
  sign: DatasetEncoding["sign"],
  attribute: CfAttribute | undefined,
  ignore: (what: string) => void,
): readonly (number | bigint)[] {
  if (attribute === undefined) return [];
  if (attribute.values.length === 0) ignore("is empty");
  return attribute.values.flatMap((value) => {
    const element = typeof value === "string" ? undefined : elementOf(dtype, sign, value);
    if (element !== undefined) return [element];
    ignore(
      typeof value === "string"
        ? `is ${shownOf({ ...attribute, values: [value] })}, and the dataset holds ${dtype}`
        : `is ${value}, which no number of ${dtype} equals`,
    );
    return [];
  });
}

/** The element of a dtype that equals a number; of an integer dtype with another sign the one with its bits. */
function elementOf(
  dtype: DType,
  sign: DatasetEncoding["sign"],
  value: number | bigint,
): number | bigint | undefined {
  if (isFloat(dtype)) {
    const float = dtype === "float32" ? Math.fround(Number(value)) : Number(value);
    return Number.isFinite(float) || !Number.isFinite(Number(value)) ? float : undefined;
  }
  if (typeof value === "number" && !Number.isInteger(value)) return undefined;
  const integer = BigInt(value);
  const [least, most] = integerRange(dtype)!;
  if (sign === null) return integer >= least && integer <= most ? integer : undefined;
  const bits = 8 * itemSize(dtype);
  if (integer < -(2n ** BigInt(bits - 1)) || integer >= 2n ** BigInt(bits)) return undefined;
  return sign === "unsigned" ? BigInt.asIntN(bits, integer) : BigInt.asUintN(bits, integer);
}

/** Null when there is nothing to unpack, or when the attributes make no sense: then they are problems. */
function packingOf(dtype: DType, attributes: CfAttributes, problems: EncodingProblem[]): Packing | null {
  const number = (name: "scale_factor" | "add_offset", neutral: number): number | undefined => {
    const attribute = attributes[name];
    if (attribute === undefined) return neutral;
    const [value] = attribute.values;
    const one = attribute.values.length === 1 && typeof value !== "string" ? Number(value) : NaN;
    if (Number.isFinite(one) && !(name === "scale_factor" && one === 0)) return one;
    const why =
      name === "scale_factor"
        ? "and must be one finite number that is not 0"
        : "and must be one finite number";
    problems.push({ attribute: name, what: `is ${shownOf(attribute)}, ${why}`, fatal: true });
    return undefined;
  };
  const scale = number("scale_factor", 1);
  const offset = number("add_offset", 0);
  if (scale === undefined || offset === undefined || (scale === 1 && offset === 0)) return null;
  return { scale, offset, dtype: unpackedType(dtype, attributes) };
}

/** As xarray has it: float32 when `scale_factor` is, `add_offset` is too or is not there, and it holds each stored number exactly; else float64. */
function unpackedType(dtype: DType, { scale_factor, add_offset }: CfAttributes): Packing["dtype"] {
  const single = scale_factor?.dtype === "float32" && (add_offset ?? scale_factor).dtype === "float32";
  return single && (dtype === "float32" || itemSize(dtype) <= 2) ? "float32" : "float64";
}

function validOf(
  dtype: DType,
  sign: DatasetEncoding["sign"],
  attributes: CfAttributes,
  ignore: Ignore,
): ValidRange | null {
  const { valid_min, valid_max, valid_range } = attributes;
  const limits = (name: "valid_min" | "valid_max" | "valid_range", count: number): number[] | undefined => {
    const attribute = attributes[name];
    if (attribute === undefined) return undefined;
    const numbers = attribute.values.map((value) => (typeof value === "string" ? NaN : Number(value)));
    if (numbers.length === count && !numbers.some(Number.isNaN))
      return numbers.map((one) => (sign === null ? one : numberOfSign(dtype, sign, one)));
    ignore(name, `is ${shownOf(attribute)}, and must be ${count === 1 ? "one number" : "two numbers"}`);
    return undefined;
  };
  const range = limits("valid_range", 2);
  const least = limits("valid_min", 1);
  const most = limits("valid_max", 1);
  if (range !== undefined && (valid_min ?? valid_max) !== undefined)
    ignore("valid_range", "stands beside valid_min or valid_max; it counts, and they do not");
  const [min = -Infinity, max = Infinity] = range ?? [least?.[0], most?.[0]];
  if (min > max) {
    ignore(
      valid_range === undefined ? "valid_min" : "valid_range",
      `allows from ${min} up to ${max}, which is nothing`,
    );
    return null;
  }
  if (min === -Infinity && max === Infinity) return null;
  return { min: Number.isFinite(min) ? min : null, max: Number.isFinite(max) ? max : null };
}

const SHOWN = 4;
const SHOWN_CHARACTERS = 40;

/** What an attribute holds, as a message shows it. */
function shownOf({ dtype, values }: CfAttribute): string {
  const shown = values
    .slice(0, SHOWN)
    .map((value) =>
      typeof value === "string" ? JSON.stringify(value.slice(0, SHOWN_CHARACTERS)) : String(value),
    );
  if (values.length === 1 && dtype === "text") return `the text ${shown[0]!}`;
  if (values.length === 1) return shown[0]!;
  if (values.length === 0) return dtype === "other" ? "neither a number nor text" : "empty";
  return `${values.length} values (${shown.join(", ")}${values.length > SHOWN ? ", …" : ""})`;
}
