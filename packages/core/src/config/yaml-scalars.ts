/**
 * The plain scalars of YAML 1.1 as PyYAML resolves them (yaml/resolver.py and yaml/constructor.py, version 6), which is
 * narrower than the specification: `1e-4`, `-.5` and `08` are text. Dates stay text as well.
 */
import type { ScalarTag, Tags } from "yaml";

type Value = boolean | number | string | null;

interface Rule {
  readonly tag: string;
  readonly test: RegExp;
  /** Also takes what an explicit tag is put before; undefined when it is none of the kind. */
  readonly read: (text: string) => Value | undefined;
}

const rules: readonly Rule[] = [
  { tag: "tag:yaml.org,2002:null", test: /^(?:~|null|Null|NULL|)$/, read: () => null },
  {
    tag: "tag:yaml.org,2002:bool",
    test: /^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/,
    read: readBoolean,
  },
  {
    tag: "tag:yaml.org,2002:int",
    test: /^[-+]?(?:0b[0-1_]+|0[0-7_]+|0|[1-9][0-9_]*|0x[0-9a-fA-F_]+|[1-9][0-9_]*(?::[0-5]?[0-9])+)$/,
    read: readInteger,
  },
  {
    tag: "tag:yaml.org,2002:float",
    test: /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/,
    read: readFloat,
  },
];

/** Puts the rules of PyYAML in the place of the scalars that a schema has. */
export function pyYamlTags(tags: Tags): Tags {
  const replaced = new Set([...rules.map(({ tag }) => tag), "tag:yaml.org,2002:timestamp"]);
  const kept = tags.filter((tag) => typeof tag === "string" || !replaced.has(tag.tag));
  return [...kept, ...rules.flatMap(scalarTags), "merge"];
}

/** One tag for plain text that passes the test, one for text that stands behind an explicit tag. */
function scalarTags({ tag, test, read }: Rule): ScalarTag[] {
  const resolve: ScalarTag["resolve"] = (text, onError) => {
    const value = read(text);
    if (value === undefined) onError(`${JSON.stringify(text)} is no ${tag.split(":").at(-1) ?? tag}`);
    return value;
  };
  return [
    { tag, default: true, test, resolve },
    { tag, default: false, resolve },
  ];
}

function readBoolean(text: string): boolean | undefined {
  const lower = text.toLowerCase();
  if (["yes", "true", "on"].includes(lower)) return true;
  return ["no", "false", "off"].includes(lower) ? false : undefined;
}

/** A number where that is exact, else its decimal text. */
function readInteger(text: string): number | string | undefined {
  const [, sign, digits = ""] = /^([-+]?)(.*)$/s.exec(text.replaceAll("_", "")) ?? [];
  const magnitude = magnitudeOf(digits);
  if (magnitude === undefined) return undefined;
  const value = sign === "-" ? -magnitude : magnitude;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value.toString();
}

/** As many as Python reads. */
const MOST_DIGITS = 4300;

function magnitudeOf(digits: string): bigint | undefined {
  if (digits.length > MOST_DIGITS) return undefined;
  if (/^0(?:b[01]+|x[0-9a-fA-F]+)$/.test(digits)) return BigInt(digits);
  if (/^0[0-7]+$/.test(digits)) return BigInt(`0o${digits}`);
  if (/^(?:0|[1-9][0-9]*(?::[0-9]+)*)$/.test(digits)) {
    return digits.split(":").reduce((sum, part) => sum * 60n + BigInt(part), 0n);
  }
  return undefined;
}

/** A number, or `NaN`, `Infinity` and `-Infinity` as text, since JSON has no such numbers. */
function readFloat(text: string): number | string | undefined {
  const [, sign, digits = ""] = /^([-+]?)(.*)$/s.exec(text.replaceAll("_", "").toLowerCase()) ?? [];
  if (digits === ".nan") return "NaN";
  const magnitude = digits === ".inf" ? Infinity : decimal(digits);
  if (magnitude === undefined) return undefined;
  const value = sign === "-" ? -magnitude : magnitude;
  return Number.isFinite(value) ? value : String(value);
}

function decimal(digits: string): number | undefined {
  const parts = digits.split(":");
  const isNumber = parts.every((part) => /^(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[-+]?[0-9]+)?$/.test(part));
  return isNumber ? parts.reduce((sum, part) => sum * 60 + Number(part), 0) : undefined;
}
