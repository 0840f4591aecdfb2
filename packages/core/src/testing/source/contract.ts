/** The contract kit of sources. */
import type { SourceFactory } from "../../source.js";
import { declareLaw, type Law, type TestFramework } from "../framework.js";
import { changeLaws } from "./changes.js";
import { openingLaws } from "./opening.js";
import { rangeLaws } from "./ranges.js";

export interface SourceContractOptions extends TestFramework {
  readonly factory: SourceFactory;
  /** Puts bytes at a new place. @returns its URI */
  make(bytes: Uint8Array): Promise<string>;
  /** The URI of a place where nothing is. */
  missing(): Promise<string>;
  /** Puts other bytes at a place that `make` made; left out for sources whose bytes cannot change. */
  change?(uri: string, bytes: Uint8Array): Promise<void>;
}

/**
 * Declares a test for each law of the source contract.
 *
 * @example
 * sourceContract({ describe, it, expect, factory: fileSource, make, missing, change });
 */
export function sourceContract(options: SourceContractOptions): void {
  options.describe(`the source contract: ${options.factory.name}`, () => {
    const law: Law = (name, body) => declareLaw(options, name, body);
    openingLaws(options, law);
    rangeLaws(options, law);
    changeLaws(options, law);
  });
}
