/** Telling values apart to the bit, and showing them. */

/** Whether two numbers are the same to the bit: NaN is NaN, and 0 is not -0. */
export function sameNumber(a: number, b: number): boolean {
  return Object.is(a, b);
}

/** The first index at which two arrays differ, to the bit; -1 when they are the same. */
export function firstDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const length = Math.max(a.length, b.length);
  for (let i = 0; i < length; i++) if (!(i < a.length && i < b.length && Object.is(a[i], b[i]))) return i;
  return -1;
}

/** A value as one line, numbers that JSON lacks included. */
export function show(value: unknown): string {
  const text = JSON.stringify(value, (_key, item: unknown) =>
    typeof item === "number" && !Number.isFinite(item)
      ? String(item)
      : typeof item === "bigint"
        ? `${item}n`
        : item,
  );
  return text ?? String(value);
}

/** What an action throws or rejects with; undefined when it succeeds. */
export async function failureOf(action: () => unknown): Promise<unknown> {
  try {
    await action();
    return undefined;
  } catch (error) {
    return error ?? new Error("it threw nothing");
  }
}
