/** Attributes as JSON. */
import { spellFillValue, type Json } from "@zagg/core";

import type { Datatype } from "../format/messages/datatype.js";
import type { ObjectReference, Value } from "../format/values/values.js";

/** Longest list that is given value by value. */
const MOST_VALUES = 256;

/** @param pathOf the path of the object at an address of the file */
export function attributeJson(
  type: Datatype,
  value: Value,
  pathOf: (address: number) => string | undefined,
): Json {
  const items = (of: Datatype, list: ArrayLike<Value>): Json =>
    list.length > MOST_VALUES
      ? `${list.length} values`
      : Array.from(list, (item) => attributeJson(of, item, pathOf));
  if (value === null) return null;
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "bigint") return spellFillValue(value);
  if (type.kind === "array" || type.kind === "sequence") {
    // An attribute of several such values is a list of lists.
    const isOne = !Array.isArray(value) || !value.some((item) => isList(item));
    return items(isOne ? type.base : type, value as ArrayLike<Value>);
  }
  if (isList(value)) return items(type, value);
  if (type.kind === "reference") return pathOf((value as ObjectReference).address) ?? null;
  if (type.kind !== "compound") return null;
  const record = value as Readonly<Record<string, Value>>;
  return Object.fromEntries(
    type.members.map(({ name, type: member }) => [name, attributeJson(member, record[name] ?? null, pathOf)]),
  );
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value) || ArrayBuffer.isView(value);
}
