/** Which shard keys are among others, without a set of them: a region may touch more shards than a set can hold. */

/** The keys that `among` holds. Both ascend, and so does the result. */
export function keysIn(keys: BigUint64Array, among: BigUint64Array): BigUint64Array {
  let at = 0;
  return keys.filter((key) => {
    while (at < among.length && among[at]! < key) at++;
    return at < among.length && among[at] === key;
  });
}
