/** Matches the arguments of a call with the parameters of a function. */
import { didYouMean } from "@zagg/core";
import { failure, type Source } from "./failure.js";
import type { Argument, Tree } from "./tree.js";

/** What a function takes. */
export interface Parameters {
  readonly name: string;
  readonly at: number;
  /** By position or name, in this order. */
  readonly positional: readonly string[];
  /** How many of the positional ones there must be. */
  readonly required: number;
  /** By name only. */
  readonly named?: readonly string[];
}

/** Arguments by parameter name. @throws ConfigError `EXPRESSION_ARGUMENT` */
export function matchArguments(
  source: Source,
  parameters: Parameters,
  args: readonly Argument[],
): ReadonlyMap<string, Tree> {
  const { name, positional, required, named = [] } = parameters;
  const signature = `${name}(${[...positional, ...named.map((option) => `${option}=`)].join(", ")})`;
  const refuse = (at: number, what: string, suggestion?: string) =>
    failure("EXPRESSION_ARGUMENT", source, at, {
      what,
      why: `it is called as ${signature}`,
      mend: suggestion ?? "correct the call at the mark",
    });
  const matched = new Map<string, Tree>();
  for (const [place, { name: given, value, at }] of args.entries()) {
    const parameter = given ?? positional[place];
    if (parameter === undefined) throw refuse(at, `${name} is given ${args.length} arguments`);
    const all = [...positional, ...named];
    if (!all.includes(parameter))
      throw refuse(at, `${name} has no "${parameter}"`, didYouMean(parameter, all));
    if (matched.has(parameter)) throw refuse(at, `${name} is given "${parameter}" twice`);
    if (given === null && args.slice(0, place).some((before) => before.name !== null)) {
      throw refuse(at, `a positional argument follows a named one`);
    }
    matched.set(parameter, value);
  }
  const missing = positional.slice(0, required).filter((parameter) => !matched.has(parameter));
  if (missing.length > 0) throw refuse(parameters.at, `${name} lacks ${missing.join(" and ")}`);
  return matched;
}
