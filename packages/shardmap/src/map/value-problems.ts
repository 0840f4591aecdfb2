/** Checks plain JSON values against the few keywords of JSON Schema that the format uses. */

/** The keywords that are understood; others are notes. */
export interface ValueSchema {
  readonly type?: string | readonly string[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, ValueSchema>>;
  readonly items?: ValueSchema;
  readonly minLength?: number;
}

export interface ValueProblem {
  readonly pointer: string;
  readonly what: string;
}

/** Everything in which a value departs from a schema, with a JSON pointer that begins with the value's own. */
export function valueProblems(schema: ValueSchema, value: unknown, pointer: string): readonly ValueProblem[] {
  const types = schema.type === undefined ? [] : [schema.type].flat();
  const kind = kindOf(value);
  if (types.length > 0 && !types.includes(kind)) {
    return [{ pointer, what: `${kind} where ${types.join(" or ")} should be` }];
  }
  const problems: ValueProblem[] = [];
  if (typeof value === "string" && value.length < (schema.minLength ?? 0)) {
    problems.push({ pointer, what: "an empty text" });
  }
  if (Array.isArray(value) && schema.items !== undefined) {
    for (const [i, entry] of value.entries()) {
      problems.push(...valueProblems(schema.items, entry, `${pointer}/${i}`));
    }
  }
  if (kind === "object") {
    const object = value as Readonly<Record<string, unknown>>;
    for (const key of schema.required ?? []) {
      if (!Object.hasOwn(object, key)) problems.push({ pointer, what: `the member "${key}" is missing` });
    }
    for (const [key, member] of Object.entries(schema.properties ?? {})) {
      if (Object.hasOwn(object, key))
        problems.push(...valueProblems(member, object[key], `${pointer}/${key}`));
    }
  }
  return problems;
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}
