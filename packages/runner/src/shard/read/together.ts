/** Asking for many things in one round trip, without paying for those that nobody comes to need. */

/**
 * Asks all questions at once, and gives the answer to each when it is taken. When the joint request fails, a question is asked
 * alone as its answer is taken: what is damaged matters to those who need it.
 */
export function together<Q, A>(
  questions: readonly Q[],
  ask: (questions: readonly Q[]) => Promise<readonly A[]>,
): readonly (() => Promise<A>)[] {
  const [first] = questions;
  if (first === undefined) return [];
  if (questions.length === 1) {
    const only = (async () => (await ask([first]))[0]!)();
    // Whoever takes it is told.
    only.catch(() => undefined);
    return [() => only];
  }
  const all = (async () => ask(questions))().catch(() => undefined);
  return questions.map((question, i) => async () => {
    const answers = await all;
    return answers === undefined ? (await ask([question]))[0]! : answers[i]!;
  });
}

/** The promise of the first call, at every call. */
export function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}
