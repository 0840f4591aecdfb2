/** What is wrong with the names and types of an expression, in words. */
import { didYouMean, type ConfigError } from "@zagg/core";
import { failure, type Source } from "./failure.js";
import { builtins, methods, numpyNames } from "./names.js";
import type { Complain } from "./operators.js";

const AT_THE_MARK = "correct it at the mark";

/** Makes the errors of one expression. */
export class Complaints {
  readonly #source: Source;
  readonly #columns: readonly string[];
  readonly #chunkValues: readonly string[];

  constructor(source: Source, columns: readonly string[], chunkValues: readonly string[] = []) {
    this.#source = source;
    this.#columns = columns;
    this.#chunkValues = chunkValues;
  }

  unknownName(name: string, at: number): ConfigError {
    const numpy = numpyNames.includes(name) ? `did you mean "np.${name}"?` : undefined;
    const own = [...this.#columns, ...this.#chunkValues];
    const why = `the names are the columns ${own.join(", ")}, and np, ${builtins.join(", ")}`;
    return this.#unknown(name, why, numpy ?? didYouMean(name, [...own, ...builtins, "np"]), at);
  }

  unknownNumpyName(name: string, at: number): ConfigError {
    const suggestion = didYouMean(name, numpyNames)?.replace('"', '"np.');
    return this.#unknown(`np.${name}`, `np has ${numpyNames.join(", ")} here`, suggestion, at);
  }

  unknownMethod(name: string, at: number): ConfigError {
    return this.unknownMember(name, [...methods, "astype", "size"].sort(), at);
  }

  /** For what follows a dot and is none of `known`. */
  unknownMember(name: string, known: readonly string[], at: number): ConfigError {
    return this.#unknown(`.${name}`, `a value has ${known.join(", ")}`, didYouMean(name, known), at);
  }

  /** For what asks whether many numbers are true. */
  ambiguous(what: string, at: number): ConfigError {
    return this.type(`${what} is applied to a value per row`, "the truth of many numbers is ambiguous", at);
  }

  type(what: string, why: string, at: number): ConfigError {
    return failure("EXPRESSION_TYPE", this.#source, at, { what, why, mend: AT_THE_MARK });
  }

  unsupported(what: string, why: string, mend: string, at: number): ConfigError {
    return failure("EXPRESSION_UNSUPPORTED", this.#source, at, { what, why, mend });
  }

  argument(what: string, why: string, mend: string, at: number): ConfigError {
    return failure("EXPRESSION_ARGUMENT", this.#source, at, { what, why, mend });
  }

  rank(what: string, why: string, mend: string, at: number): ConfigError {
    return failure("EXPRESSION_RANK", this.#source, at, { what, why, mend });
  }

  /** Complaints of one place. */
  at(at: number): Complain {
    return {
      type: (what, why) => this.type(what, why, at),
      value: (what, why) => failure("EXPRESSION_VALUE", this.#source, at, { what, why, mend: AT_THE_MARK }),
    };
  }

  #unknown(name: string, why: string, suggestion: string | undefined, at: number): ConfigError {
    const mend = suggestion ?? "use one of those";
    return failure("EXPRESSION_NAME", this.#source, at, {
      what: `"${name}" is not known`,
      why,
      mend,
      details: { name },
    });
  }
}
