/** What is wrong with a configuration: schema violations and broken rules, in the words of its reader. */
import type { ErrorObject } from "ajv";
import { didYouMean } from "../suggest.js";

/** One thing that is wrong, at one place. */
export interface Problem {
  readonly code: string;
  /** Path of the offending value, or of the key that is unknown. */
  readonly path: readonly string[];
  readonly what: string;
  readonly why: string;
  readonly mend: string;
}

/** JSON pointer (RFC 6901). */
export function pointer(path: readonly string[]): string {
  return path.map((segment) => `/${segment.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

/** As many are told; nobody reads more. */
const MOST_PROBLEMS = 1000;

/** The first problems that ajv found, those that only say "a branch failed" left out. */
export function schemaProblems(found: readonly ErrorObject[]): Problem[] {
  const errors = found.slice(0, MOST_PROBLEMS);
  const branches = errors.filter(({ keyword }) => keyword === "oneOf").map(({ schemaPath }) => schemaPath);
  return errors
    .filter(({ keyword }) => keyword !== "if" && keyword !== "allOf")
    .filter(({ schemaPath }) => !branches.some((branch) => schemaPath.startsWith(`${branch}/`)))
    .map(problemOf);
}

function problemOf(error: ErrorObject): Problem {
  const path = error.instancePath.split("/").slice(1).map(unescapePointer);
  const name = path.length === 0 ? "the configuration" : path.join(".");
  const schema = (error.parentSchema ?? {}) as { properties?: object; description?: string };
  const meaning = schema.description === undefined ? "" : ` (${schema.description.replace(/\.$/, "")})`;
  const params = error.params as Record<string, never>;
  switch (error.keyword) {
    case "additionalProperties": {
      const key = String(params["additionalProperty"]);
      const known = Object.keys(schema.properties ?? {});
      return {
        code: "CONFIG_KEY_UNKNOWN",
        path: [...path, key],
        what: `${path.length === 0 ? "" : `${name}: `}there is no key "${key}"`,
        why: `the keys there are: ${known.join(", ")}`,
        mend: didYouMean(key, known) ?? "remove it, or see the configuration reference",
      };
    }
    case "required": {
      const key = String(params["missingProperty"]);
      return {
        code: "CONFIG_KEY_MISSING",
        path,
        what: `${path.length === 0 ? "" : `${name}: `}the key "${key}" is missing`,
        why: "it is required",
        mend: `add ${[...path, key].join(".")}`,
      };
    }
    case "type":
      return typeProblem(path, name, meaning, error);
    case "enum":
    case "const": {
      const allowed = ((params["allowedValues"] ?? [params["allowedValue"]]) as unknown[]).map(String);
      return {
        code: "CONFIG_VALUE",
        path,
        what: `${name} is ${show(error.data)}`,
        why: `it must be one of ${allowed.join(", ")}${meaning}`,
        mend: didYouMean(String(error.data), allowed) ?? "use one of those",
      };
    }
    case "minimum":
    case "maximum":
    case "exclusiveMinimum":
    case "exclusiveMaximum":
      return {
        code: "CONFIG_RANGE",
        path,
        what: `${name} is ${show(error.data)}`,
        why: `it must be ${String(params["comparison"])} ${String(params["limit"])}${meaning}`,
        mend: "use a value in range",
      };
    case "pattern":
      // Numbers that are texts are those that JSON rounds.
      if ([(schema as { type?: string | string[] }).type].flat().includes("number"))
        return typeProblem(path, name, meaning, { ...error, params: { type: "number" } });
      return unfitting(path, name, meaning, error);
    case "oneOf":
      return {
        code: "CONFIG_VALUE",
        path,
        what: `${name} is ${show(error.data)}`,
        why: `it has none of the forms that it may have${meaning}`,
        mend: "write it in one of those forms",
        ...(typeof error.data === "string" ? spellingOfNumber(error.data.trim()) : {}),
      };
    default:
      return unfitting(path, name, meaning, error);
  }
}

function unfitting(path: readonly string[], name: string, meaning: string, error: ErrorObject): Problem {
  return {
    code: "CONFIG_VALUE",
    path,
    what: `${name} is ${show(error.data)}`,
    why: `it ${error.message ?? "does not fit"}${meaning}`,
    mend: "see the configuration reference for what it may be",
  };
}

function typeProblem(path: readonly string[], name: string, meaning: string, error: ErrorObject): Problem {
  const wanted = [(error.params as { type: string | string[] }).type].flat();
  const numeric = wanted.includes("number") || wanted.includes("integer");
  const base = {
    code: "CONFIG_TYPE",
    path,
    what: `${name} is ${show(error.data)}, ${typeName(error.data)}`,
    why: `it must be ${wanted.map(article).join(" or ")}${meaning}`,
  };
  if (numeric && typeof error.data === "string") {
    const advice = spellingOfNumber(error.data.trim());
    if (advice !== undefined) return { ...base, ...advice };
  }
  if (wanted.includes("string") && typeof error.data === "boolean") {
    return { ...base, why: "YAML 1.1 reads yes, no, on and off as booleans", mend: "put it in quotes" };
  }
  if (wanted.includes("string") && typeof error.data === "number")
    return { ...base, mend: "put it in quotes" };
  return { ...base, mend: "give a value of that type" };
}

/** How to write a number that YAML 1.1 took for text; undefined for what is no number. */
function spellingOfNumber(text: string): { readonly why?: string; readonly mend: string } | undefined {
  if (text === "" || !Number.isFinite(Number(text))) return undefined;
  const whole = text.replace(/^([-+]?)\./, "$10.");
  if (/[eE]/.test(text)) {
    const [mantissa = "", exponent = ""] = whole.split(/[eE]/);
    const dotted = mantissa.includes(".") ? mantissa : `${mantissa}.0`;
    const signed = /^[-+]/.test(exponent) ? exponent : `+${exponent}`;
    return {
      why: "YAML 1.1 reads a number with an exponent only when it has a dot and a signed exponent",
      mend: `write ${dotted}e${signed}`,
    };
  }
  if (/^[-+]\./.test(text)) {
    return {
      why: "YAML 1.1 reads a number with a sign only when a digit stands before the dot",
      mend: `write ${whole}`,
    };
  }
  if (/^[-+]?0[0-9]+$/.test(text)) {
    return { why: "YAML 1.1 reads whole numbers with leading zeros as octal", mend: `write ${Number(text)}` };
  }
  return { mend: "write it without quotes" };
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

function typeName(value: unknown): string {
  if (value === null) return "which is empty";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "a mapping" : typeof value === "string" ? "a text" : `a ${typeof value}`;
}

function article(type: string): string {
  const names: Record<string, string> = {
    object: "a mapping",
    array: "a list",
    string: "a text",
    number: "a number",
    integer: "a whole number",
    boolean: "true or false",
    null: "empty",
  };
  return names[type] ?? type;
}

function unescapePointer(segment: string): string {
  return segment.replace(/~1/g, "/").replace(/~0/g, "~");
}
