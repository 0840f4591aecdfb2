/** The list of shard keys: decimal text to unsigned 64-bit integers, without a BigInt per digit. */

/** Called with the index of the first entry that is no unsigned 64-bit integer, and its text. */
export type OnBadKey = (index: number, spelling: string) => never;

const TWO_32 = 2 ** 32;
const FIRST_DIGIT = 48;

/**
 * The keys of a JSON array.
 * @param text  JSON that a scanner has accepted
 * @param start position of the array's `[`
 * @param end   one past its `]`
 */
export function parseShardKeys(text: string, start: number, end: number, onBadKey: OnBadKey): BigUint64Array {
  const lanes: number[] = [];
  let at = start + 1;
  while (at < end - 1) {
    const entry = at;
    while (isSpaceOrComma(text.charCodeAt(at))) at++;
    if (at >= end - 1) break;
    let hi = 0;
    let lo = 0;
    let digits = 0;
    for (let digit = text.charCodeAt(at) - FIRST_DIGIT; digit >= 0 && digit <= 9; digits++) {
      lo = lo * 10 + digit;
      const carry = Math.floor(lo / TWO_32);
      lo -= carry * TWO_32;
      hi = hi * 10 + carry;
      digit = text.charCodeAt(++at) - FIRST_DIGIT;
    }
    const endsHere = at === end - 1 || isSpaceOrComma(text.charCodeAt(at));
    if (digits === 0 || !endsHere || hi >= TWO_32) {
      onBadKey(lanes.length / 2, spellingOf(text.slice(entry, end - 1)));
    }
    lanes.push(lo, hi);
  }
  return fromLanes(lanes);
}

/** Low and high 32 bits, key by key. */
function fromLanes(lanes: readonly number[]): BigUint64Array {
  const keys = new BigUint64Array(lanes.length / 2);
  const words = new Uint32Array(keys.buffer);
  const isLittleEndian = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1;
  const [low, high] = isLittleEndian ? [0, 1] : [1, 0];
  for (let i = 0; i < lanes.length; i += 2) {
    words[i + low] = lanes[i]!;
    words[i + high] = lanes[i + 1]!;
  }
  return keys;
}

function isSpaceOrComma(code: number): boolean {
  return code === 44 || code === 32 || code === 10 || code === 13 || code === 9;
}

/** The first entry of a list's text, shortened for a message. */
function spellingOf(rest: string): string {
  const value = rest.replace(/^[\s,]+/, "");
  const spelling = /^(?:"(?:[^"\\]|\\.)*"|[[{][^\]}]*[\]}]?|[^\s,]+)/.exec(value)?.[0] ?? value;
  return spelling.length > 60 ? `${spelling.slice(0, 57)}…` : spelling;
}
