/** Streams in batches of one size, and work on them that is done in their order. */

/** Batches of `size`, the last one shorter, whether values come one by one or in batches of any size. */
export async function* inBatches<T>(
  source: Iterable<T> | AsyncIterable<readonly T[]>,
  size: number,
): AsyncGenerator<readonly T[], void> {
  let batch: T[] = [];
  for await (const part of partsOf(source)) {
    for (const value of part) {
      batch.push(value);
      if (batch.length < size) continue;
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}

/** Does `work` on each value of a stream, `depth` at once, and gives the results in the order of the values. */
export async function* inOrder<T, R>(
  source: AsyncIterable<T>,
  depth: number,
  work: (value: T) => Promise<R>,
): AsyncGenerator<R, void> {
  const pending: Promise<R>[] = [];
  try {
    for await (const value of source) {
      const result = work(value);
      // It is awaited below, unless another one fails first.
      result.catch(() => undefined);
      pending.push(result);
      if (pending.length >= depth) yield await (pending.shift() as Promise<R>);
    }
    while (pending.length > 0) yield await (pending.shift() as Promise<R>);
  } finally {
    await Promise.allSettled(pending);
  }
}

async function* partsOf<T>(
  source: Iterable<T> | AsyncIterable<readonly T[]>,
): AsyncGenerator<Iterable<T>, void> {
  if (Symbol.asyncIterator in source) yield* source;
  else yield source;
}
