/** Element types of columns and stored arrays. */

/** Element types a stored array can have, by their NumPy and Zarr names. */
export const dtypes = [
  "bool",
  "int8",
  "int16",
  "int32",
  "int64",
  "uint8",
  "uint16",
  "uint32",
  "uint64",
  "float32",
  "float64",
] as const;
export type DType = (typeof dtypes)[number];

/** One column of point values. 64-bit integers are doubles here, beside what these lack: see `CellSegments.rest`. */
export type Column =
  Int8Array | Uint8Array | Int16Array | Uint16Array | Int32Array | Uint32Array | Float32Array | Float64Array;

/** 64-bit integers, each exact. */
export type WideColumn = BigInt64Array | BigUint64Array;

/** The values of a stored array. */
export type TypedArray = Column | WideColumn;

const constructors = {
  bool: Uint8Array,
  int8: Int8Array,
  int16: Int16Array,
  int32: Int32Array,
  int64: BigInt64Array,
  uint8: Uint8Array,
  uint16: Uint16Array,
  uint32: Uint32Array,
  uint64: BigUint64Array,
  float32: Float32Array,
  float64: Float64Array,
} as const;

const integerRanges: Readonly<Partial<Record<DType, readonly [bigint, bigint]>>> = {
  bool: [0n, 1n],
  int8: [-128n, 127n],
  int16: [-32768n, 32767n],
  int32: [-(2n ** 31n), 2n ** 31n - 1n],
  int64: [-(2n ** 63n), 2n ** 63n - 1n],
  uint8: [0n, 255n],
  uint16: [0n, 65535n],
  uint32: [0n, 2n ** 32n - 1n],
  uint64: [0n, 2n ** 64n - 1n],
};

/** An array of `length` zeros of this dtype (bool is stored as one byte). */
export function allocate(dtype: DType, length: number): TypedArray {
  return new constructors[dtype](length);
}

export function isDType(name: unknown): name is DType {
  return typeof name === "string" && (dtypes as readonly string[]).includes(name);
}

export function isFloat(dtype: DType): boolean {
  return dtype === "float32" || dtype === "float64";
}

/** Whether its elements are 64-bit integers, which doubles hold to ±2^53 alone. */
export function isWideInteger(dtype: DType): boolean {
  return dtype === "int64" || dtype === "uint64";
}

/** Bytes of one element. */
export function itemSize(dtype: DType): number {
  return constructors[dtype].BYTES_PER_ELEMENT;
}

/** Smallest and largest integer of an integer dtype; undefined for floats. */
export function integerRange(dtype: DType): readonly [min: bigint, max: bigint] | undefined {
  return integerRanges[dtype];
}
