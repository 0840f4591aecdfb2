/**
 * Number types and their promotion, as in NumPy 2 (NEP 50): Python scalars are weak and take the type of what they meet.
 * There is no float16: where NumPy would choose it, float32 stands.
 */
import { allocate, isFloat, itemSize, type Column, type DType } from "@zagg/core";

/** A stored type, or that of a Python scalar. */
export type NumberType = DType | "pybool" | "pyint" | "pyfloat";

/** An array of zeros that holds numbers of this type. 64-bit and Python integers are held as doubles, exact to 2^53. */
export function storage(type: NumberType, length: number): Column {
  switch (type) {
    case "pybool":
      return new Uint8Array(length);
    case "int64":
    case "uint64":
    case "pyint":
    case "pyfloat":
      return new Float64Array(length);
    default:
      return allocate(type, length) as Column;
  }
}

/** The type of a column. */
export function columnType(column: Column): DType {
  if (column instanceof Float32Array) return "float32";
  if (column instanceof Float64Array) return "float64";
  if (column instanceof Int32Array) return "int32";
  if (column instanceof Uint32Array) return "uint32";
  if (column instanceof Int16Array) return "int16";
  if (column instanceof Uint16Array) return "uint16";
  return column instanceof Int8Array ? "int8" : "uint8";
}

export function isWeak(type: NumberType): type is "pybool" | "pyint" | "pyfloat" {
  return type === "pybool" || type === "pyint" || type === "pyfloat";
}

export function isBoolean(type: NumberType): boolean {
  return type === "bool" || type === "pybool";
}

export function isFloating(type: NumberType): boolean {
  return type === "pyfloat" || (!isWeak(type) && isFloat(type));
}

export function isUnsigned(type: NumberType): boolean {
  return type.startsWith("uint");
}

/** The stored type that a Python scalar has on its own. */
export function strong(type: NumberType): DType {
  switch (type) {
    case "pybool":
      return "bool";
    case "pyint":
      return "int64";
    case "pyfloat":
      return "float64";
    default:
      return type;
  }
}

/** The type that holds both, weakly if both are weak. */
export function promote(a: NumberType, b: NumberType): NumberType {
  if (a === b) return a;
  if (isWeak(a) && isWeak(b)) return a === "pyfloat" || b === "pyfloat" ? "pyfloat" : "pyint";
  if (isWeak(a)) return promoteWeak(b as DType, a);
  if (isWeak(b)) return promoteWeak(a, b);
  return promoteStored(a, b);
}

/** The stored type of arrays that become one: Python scalars have the type that they have on their own. */
export function joinedType(types: readonly NumberType[]): DType {
  return types.map((type): NumberType => strong(type)).reduce(promote) as DType;
}

/** The type in which functions such as the square root compute. */
export function floatOf(type: NumberType): DType {
  const stored = strong(type);
  if (isFloat(stored)) return stored;
  return itemSize(stored) <= 2 ? "float32" : "float64";
}

/** The type of a mean, a variance or a quantile. */
export function meanType(type: NumberType): DType {
  return type === "float32" ? "float32" : "float64";
}

/** The type of a weighted mean. */
export function averageType(of: NumberType, weights: NumberType): DType {
  return isFloating(of) ? meanType(promote(of, weights)) : "float64";
}

/** The type of a sum. */
export function sumType(type: NumberType): DType {
  const stored = strong(type);
  if (isFloat(stored)) return stored;
  return isUnsigned(stored) ? "uint64" : "int64";
}

function promoteWeak(stored: DType, weak: "pybool" | "pyint" | "pyfloat"): DType {
  if (isFloat(stored) || weak === "pybool") return stored;
  if (weak === "pyfloat") return "float64";
  return stored === "bool" ? "int64" : stored;
}

function promoteStored(a: DType, b: DType): DType {
  if (a === "bool") return b;
  if (b === "bool") return a;
  if (isFloat(a) || isFloat(b)) {
    const narrow = [a, b].every((type) => type === "float32" || (!isFloat(type) && itemSize(type) <= 2));
    return narrow ? "float32" : "float64";
  }
  const wider = itemSize(a) >= itemSize(b) ? a : b;
  if (isUnsigned(a) === isUnsigned(b)) return wider;
  const [unsigned, signed] = isUnsigned(a) ? [a, b] : [b, a];
  if (itemSize(signed) > itemSize(unsigned)) return signed;
  const next: Readonly<Partial<Record<DType, DType>>> = { uint8: "int16", uint16: "int32", uint32: "int64" };
  return next[unsigned] ?? "float64";
}
