/** A count given as an option. */
import { InvalidArgumentError } from "commander";

/** @throws InvalidArgumentError unless it is a whole number, at least 1 */
export function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1)
    throw new InvalidArgumentError("It must be a whole number, at least 1.");
  return value;
}
