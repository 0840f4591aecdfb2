/** Distinct 64-bit ids of many points, without a BigInt per point. */

const EMPTY = 0xffffffff;
const FIRST_SLOTS = 1024;

/** A growing set of unsigned 64-bit ids other than `NO_ID`, by open addressing on 32-bit lanes. */
export interface KeySet {
  /** Adds ids; all ones (`NO_ID`) are passed over. @returns how many of those there were */
  addAll(ids: BigUint64Array): number;
  /** The ids in the set, ascending. */
  sorted(): BigUint64Array;
}

export function createKeySet(): KeySet {
  let slots = new Uint32Array(2 * FIRST_SLOTS).fill(EMPTY);
  let size = 0;

  const insert = (a: number, b: number): void => {
    if (!insertInto(slots, a, b)) return;
    size++;
    if (4 * size <= slots.length) return;
    const old = slots;
    slots = new Uint32Array(2 * old.length).fill(EMPTY);
    for (let i = 0; i < old.length; i += 2) {
      if (old[i] !== EMPTY || old[i + 1] !== EMPTY) insertInto(slots, old[i]!, old[i + 1]!);
    }
  };

  return {
    addAll(ids) {
      const lanes = new Uint32Array(ids.buffer, ids.byteOffset, 2 * ids.length);
      let skipped = 0;
      let lastA = EMPTY;
      let lastB = EMPTY;
      for (let i = 0; i < lanes.length; i += 2) {
        const a = lanes[i]!;
        const b = lanes[i + 1]!;
        if (a === EMPTY && b === EMPTY) {
          skipped++;
        } else if (a !== lastA || b !== lastB) {
          insert(a, b);
          lastA = a;
          lastB = b;
        }
      }
      return skipped;
    },
    sorted() {
      const lanes = new Uint32Array(2 * size);
      let at = 0;
      for (let i = 0; i < slots.length; i += 2) {
        if (slots[i] === EMPTY && slots[i + 1] === EMPTY) continue;
        lanes[at++] = slots[i]!;
        lanes[at++] = slots[i + 1]!;
      }
      return new BigUint64Array(lanes.buffer).sort();
    },
  };
}

/** Puts an id into a table that has room. @returns whether it is new there */
function insertInto(slots: Uint32Array, a: number, b: number): boolean {
  const mask = slots.length / 2 - 1;
  let hash = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0xc2b2ae35);
  for (let slot = (hash ^ (hash >>> 13)) & mask; ; slot = (slot + 1) & mask) {
    const at = 2 * slot;
    if (slots[at] === a && slots[at + 1] === b) return false;
    if (slots[at] === EMPTY && slots[at + 1] === EMPTY) {
      slots[at] = a;
      slots[at + 1] = b;
      return true;
    }
  }
}
