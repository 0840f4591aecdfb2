/** One order of granules that the lists of many shards agree with. */
import type { GranuleRecord } from "../map/shard-map.js";

/**
 * The rank of each granule id, such that every list ascends in it: lists that were cut from one catalog come together in
 * the order of that catalog, as far as they tell it. What they leave open is decided by the ids, and so is what they
 * contradict each other in. Cost: n log n in the granules, linear in the pairs.
 */
export function commonOrder(lists: readonly (readonly GranuleRecord[])[]): ReadonlyMap<string, number> {
  const found = new Set<string>();
  for (const list of lists) for (const { id } of list) found.add(id);
  const ids = [...found].sort();
  const numbers = new Map(ids.map((id, number) => [id, number]));
  const edges: number[] = [];
  for (const list of lists) {
    for (let i = 1; i < list.length; i++)
      edges.push(numbers.get(list[i - 1]!.id)!, numbers.get(list[i]!.id)!);
  }
  return new Map(topological(ids.length, edges).map((number, rank) => [ids[number]!, rank]));
}

/** The union of lists, each granule once and as the first list has it, in a common order. */
export function united(
  lists: readonly (readonly GranuleRecord[])[],
  ranks: ReadonlyMap<string, number>,
): readonly GranuleRecord[] {
  const [only, ...others] = lists;
  if (only !== undefined && others.length === 0) return only;
  const records = new Map<string, GranuleRecord>();
  for (const list of lists) {
    for (const record of list) if (!records.has(record.id)) records.set(record.id, record);
  }
  return [...records.values()].sort((a, b) => ranks.get(a.id)! - ranks.get(b.id)!);
}

/** Numbers 0 … count−1 with the first of each edge before its second, else as small as can be (Kahn 1962, CACM 5:558). */
function topological(count: number, edges: readonly number[]): readonly number[] {
  const starts = new Uint32Array(count + 1);
  const waitsFor = new Uint32Array(count);
  for (let i = 0; i < edges.length; i += 2) {
    starts[edges[i]! + 1]!++;
    waitsFor[edges[i + 1]!]!++;
  }
  for (let number = 0; number < count; number++) starts[number + 1]! += starts[number]!;
  const followers = new Uint32Array(edges.length / 2);
  const filled = starts.slice(0, count);
  for (let i = 0; i < edges.length; i += 2) followers[filled[edges[i]!]!++] = edges[i + 1]!;

  const ready = createHeap();
  const isDone = new Uint8Array(count);
  const order: number[] = [];
  for (let number = 0; number < count; number++) if (waitsFor[number] === 0) ready.push(number);
  let first = 0;
  while (order.length < count) {
    let number = ready.pop();
    if (number === undefined) {
      // A cycle: the lists contradict each other.
      while (isDone[first] === 1) first++;
      number = first;
    }
    if (isDone[number] === 1) continue;
    isDone[number] = 1;
    order.push(number);
    for (let i = starts[number]!; i < starts[number + 1]!; i++) {
      if (--waitsFor[followers[i]!]! === 0) ready.push(followers[i]!);
    }
  }
  return order;
}

/** A binary heap that gives the smallest number first. */
function createHeap(): { push(value: number): void; pop(): number | undefined } {
  const values: number[] = [];
  return {
    push(value) {
      let at = values.length;
      while (at > 0 && values[(at - 1) >> 1]! > value) {
        values[at] = values[(at - 1) >> 1]!;
        at = (at - 1) >> 1;
      }
      values[at] = value;
    },
    pop() {
      const smallest = values[0];
      const last = values.pop();
      if (last === undefined || values.length === 0) return smallest;
      let at = 0;
      for (let child = 1; child < values.length; child = 2 * at + 1) {
        if (child + 1 < values.length && values[child + 1]! < values[child]!) child++;
        if (values[child]! >= last) break;
        values[at] = values[child]!;
        at = child;
      }
      values[at] = last;
      return smallest;
    },
  };
}
