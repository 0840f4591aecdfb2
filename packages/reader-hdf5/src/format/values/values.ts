/** Elements of any type as JavaScript values. */
import type { CompoundType, Datatype, TextType } from "../messages/datatype.js";
import { Unsupported } from "../problems.js";
import { Cursor } from "../structure/cursor.js";
import type { FileBytes } from "../structure/file-bytes.js";
import type { GlobalHeap } from "../structure/global-heap.js";
import { isNumeric, numbersOf, type Numbers } from "./numbers.js";

/** A reference to an object, by the address of its header; null refers to nothing. */
export interface ObjectReference {
  readonly address: number;
}

export type Value =
  | number
  | bigint
  | string
  | Uint8Array
  | ObjectReference
  | null
  | Numbers
  | readonly Value[]
  | { readonly [name: string]: Value };

/** Where values of variable length are looked up. */
export interface ValueSource {
  readonly file: FileBytes;
  readonly heap: GlobalHeap;
}

/**
 * Values of elements that lie one behind the other: a typed array of numbers, else an array with one value an element: text, a
 * record, an array, a sequence, the bytes of what is opaque, a reference.
 * @throws Damage, Unsupported
 */
export async function valuesOf(
  type: Datatype,
  bytes: Uint8Array,
  source: ValueSource,
): Promise<Numbers | readonly Value[]> {
  if (isNumeric(type)) return numbersOf(type, new Uint8Array(bytes));
  const count = Math.floor(bytes.length / type.size);
  const out: Value[] = [];
  for (let i = 0; i < count; i++)
    out.push(await oneValue(type, bytes.subarray(i * type.size, (i + 1) * type.size), source));
  return out;
}

async function oneValue(type: Datatype, bytes: Uint8Array, source: ValueSource): Promise<Value> {
  switch (type.kind) {
    case "text":
      return type.variable ? textOf(type, await heapBytes(bytes, 1, source)) : textOf(type, bytes);
    case "compound":
      return record(type, bytes, source);
    case "array":
      return valuesOf(type.base, bytes, source);
    case "sequence":
      return valuesOf(type.base, await heapBytes(bytes, type.base.size, source), source);
    case "reference": {
      if (type.to !== "object" || type.size !== source.file.offsetBytes) return new Uint8Array(bytes);
      const address = new Cursor(bytes).address(type.size);
      return address === undefined || address === 0 ? null : { address };
    }
    case "integer":
    case "float":
    case "enum":
      return numbersOf(type, new Uint8Array(bytes))[0]!;
    default:
      return new Uint8Array(bytes);
  }
}

async function record(type: CompoundType, bytes: Uint8Array, source: ValueSource): Promise<Value> {
  const values: Record<string, Value> = {};
  for (const { name, offset, type: member } of type.members)
    Object.defineProperty(values, name, {
      value: await oneValue(member, bytes.subarray(offset, offset + member.size), source),
      enumerable: true,
    });
  return values;
}

/** What an element of variable length points to: so many items of so many bytes. */
async function heapBytes(
  bytes: Uint8Array,
  itemBytes: number,
  { file, heap }: ValueSource,
): Promise<Uint8Array> {
  const cursor = new Cursor(bytes);
  const length = cursor.u32();
  const collection = cursor.address(file.offsetBytes);
  const index = cursor.u32();
  if (length === 0 || collection === undefined || collection === 0) return new Uint8Array(0);
  const object = await heap.object(collection, index);
  if (length * itemBytes > object.length)
    throw new Unsupported("a value that is longer than its place in the heap");
  return object.subarray(0, length * itemBytes);
}

/** Text up to its padding. Writers put zeros behind text that they say is padded by spaces. */
function textOf({ padding }: Pick<TextType, "padding">, bytes: Uint8Array): string {
  const zero = padding === "spaces" ? -1 : bytes.indexOf(0);
  const whole = new TextDecoder().decode(zero < 0 ? bytes : bytes.subarray(0, zero));
  return padding === "spaces" ? whole.replace(/[ \0]+$/u, "") : whole;
}
