/** The contract kit of stores. */
import type { StoreFactory } from "../../store.js";
import { declareLaw, type Law, type TestFramework } from "../framework.js";
import type { PropertyOptions } from "../properties.js";
import { objectLaws } from "./objects.js";
import { transactionLaws } from "./transactions.js";

export interface StoreContractOptions extends TestFramework, PropertyOptions {
  readonly factory: StoreFactory;
  /** The URI of a place where nothing is yet: another one at every call. */
  readonly uri: () => string | Promise<string>;
}

/**
 * Declares a test for each law of the store contract.
 *
 * @example
 * storeContract({ describe, it, expect, factory: memoryStore(), uri: () => `memory://${next++}` });
 */
export function storeContract(options: StoreContractOptions): void {
  options.describe(`the store contract: ${options.factory.name}`, () => {
    const law: Law = (name, body) => declareLaw(options, name, body);
    objectLaws(options, law);
    transactionLaws(options, law);
  });
}
