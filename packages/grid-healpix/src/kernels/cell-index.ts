/**
 * Nested ids made of face and position in the face, and taken apart: face · 4^order + interleaved bits, x in the even
 * ones (Górski et al. 2005, section 4.1). In 32-bit lanes for kernels, as bigints for single cells. The bits are spread
 * and gathered 16 at a time, as 32 fit a lane.
 */
import { GridError } from "@zagg/core";

import { assertOrder } from "./face-cells.js";
import { HIGH, LOW, NO_ID_LANE } from "@zagg/core/internal";

const LANE = 2 ** 32;
/** Cells of a base face are 4^order; there are twelve faces. */
const FACES = 12;

/** A cell by its base face, 0..11, and its place in it: x to the north-east, y to the north-west, 0..2^order − 1. */
export interface FaceCell {
  readonly face: number;
  readonly ix: number;
  readonly iy: number;
}

/** Low 32 bits of a nested id (as a signed or unsigned lane; store it in a Uint32Array). */
export function nestedLow(order: number, face: number, ix: number, iy: number): number {
  const path = spreadBits(ix) | (spreadBits(iy) << 1);
  return order < 16 ? path | (face << (2 * order)) : path;
}

/** High 32 bits of a nested id. */
export function nestedHigh(order: number, face: number, ix: number, iy: number): number {
  if (order >= 16) return spreadBits(ix >>> 16) | (spreadBits(iy >>> 16) << 1) | (face << (2 * order - 32));
  return order === 15 ? face >>> 2 : 0;
}

/**
 * Writes the nested ids of cells given by face and place; NO_ID for face -1.
 * @param count how many; element 0 of face, ix and iy is the first
 * @param lanes two lanes per id
 * @param first index, in ids, of the first one written
 */
export function writeNestedIds(
  order: number,
  face: Int32Array,
  ix: Int32Array,
  iy: Int32Array,
  count: number,
  lanes: Uint32Array,
  first: number,
): void {
  const [low, high, none] = [LOW, HIGH, NO_ID_LANE];
  for (let k = 0; k < count; k++) {
    const f = face[k]!;
    const x = ix[k]!;
    const y = iy[k]!;
    const pair = 2 * (first + k);
    if (f < 0) {
      lanes[pair] = lanes[pair + 1] = none;
    } else {
      lanes[pair + low] = nestedLow(order, f, x, y);
      lanes[pair + high] = nestedHigh(order, f, x, y);
    }
  }
}

/** Face of the cell whose nested id has these lanes; 12 or more when the id is beyond the last cell. */
export function faceOfNested(order: number, low: number, high: number): number {
  if (order >= 16) return high >>> (2 * order - 32);
  return high * (LANE / (1 << (2 * order))) + (low >>> (2 * order));
}

/** Place towards the north-east of the cell whose nested id has these lanes. */
export function ixOfNested(order: number, low: number, high: number): number {
  return (gatherBits(low) | (gatherBits(high) << 16)) & ((1 << order) - 1);
}

/** Place towards the north-west of the cell whose nested id has these lanes. */
export function iyOfNested(order: number, low: number, high: number): number {
  return ixOfNested(order, low >>> 1, high >>> 1);
}

/** Nested id of one cell. @throws RangeError if the order is out of range */
export function nestedOfFaceCell(order: number, face: number, ix: number, iy: number): bigint {
  assertOrder(order);
  const low = nestedLow(order, face, ix, iy) >>> 0;
  return (BigInt(nestedHigh(order, face, ix, iy) >>> 0) << 32n) | BigInt(low);
}

/**
 * Face and place of one cell.
 * @param nested 0..12 · 4^order − 1
 * @throws GridError `CELL_ID_RANGE`; RangeError if the order is out of range
 */
export function faceCellOfNested(order: number, nested: bigint): FaceCell {
  assertOrder(order);
  assertCellId(order, nested);
  const low = Number(nested & 0xffffffffn);
  const high = Number(nested >> 32n);
  return {
    face: faceOfNested(order, low, high),
    ix: ixOfNested(order, low, high),
    iy: iyOfNested(order, low, high),
  };
}

/** The low 16 bits moved to the even positions. */
export function spreadBits(value: number): number {
  let bits = value & 0xffff;
  bits = (bits | (bits << 8)) & 0x00ff00ff;
  bits = (bits | (bits << 4)) & 0x0f0f0f0f;
  bits = (bits | (bits << 2)) & 0x33333333;
  return (bits | (bits << 1)) & 0x55555555;
}

/** The 16 even bits moved together; the inverse of {@link spreadBits}. */
export function gatherBits(value: number): number {
  let bits = value & 0x55555555;
  bits = (bits | (bits >>> 1)) & 0x33333333;
  bits = (bits | (bits >>> 2)) & 0x0f0f0f0f;
  bits = (bits | (bits >>> 4)) & 0x00ff00ff;
  return (bits | (bits >>> 8)) & 0xffff;
}

/** Number of cells of an order, 12 · 4^order. @throws RangeError if the order is out of range */
export function cellCount(order: number): bigint {
  assertOrder(order);
  return BigInt(FACES) << BigInt(2 * order);
}

/** Checks that an id is a cell of an order, in either numbering. @throws GridError `CELL_ID_RANGE` */
export function assertCellId(order: number, id: bigint): void {
  if (id < 0n || id >= cellCount(order)) throw outOfRange(order, id);
}

/**
 * Checks that ids are cells of an order, in the nested or the ring numbering; NO_ID passes.
 * @param lanes two lanes per id
 * @throws GridError `CELL_ID_RANGE`
 */
export function assertCellIds(order: number, lanes: Uint32Array): void {
  for (let pair = 0; pair < lanes.length; pair += 2) {
    const low = lanes[pair + LOW]!;
    const high = lanes[pair + HIGH]!;
    if (faceOfNested(order, low, high) < FACES || (low === NO_ID_LANE && high === NO_ID_LANE)) continue;
    throw outOfRange(order, (BigInt(high) << 32n) | BigInt(low));
  }
}

function outOfRange(order: number, id: bigint): GridError {
  return new GridError("CELL_ID_RANGE", {
    what: `${id} is not a cell of order ${order}`,
    why: `cells of that order are numbered from 0 to ${cellCount(order) - 1n}`,
    mend: "check the order the ids were made for, and that they are cell ids and not morton words",
    details: { id: String(id), order },
  });
}
