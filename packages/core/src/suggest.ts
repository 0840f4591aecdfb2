/** Suggestions for misspelt names. */
import { closest, distance } from "fastest-levenshtein";

/** `did you mean "x"?` when a known name is close enough; else undefined. */
export function didYouMean(name: string, known: readonly string[]): string | undefined {
  const suggestion = suggest(name, known);
  return suggestion === undefined ? undefined : `did you mean "${suggestion}"?`;
}

/** The known name nearest to a misspelt one, if it is near enough to be meant: within a third of its length, at least 1. */
export function suggest(name: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const nearest = closest(
    name.toLowerCase(),
    known.map((candidate) => candidate.toLowerCase()),
  );
  const original = known.find((candidate) => candidate.toLowerCase() === nearest);
  const reach = Math.max(1, Math.floor(Math.max(name.length, nearest.length) / 3));
  return distance(name.toLowerCase(), nearest) <= reach ? original : undefined;
}
