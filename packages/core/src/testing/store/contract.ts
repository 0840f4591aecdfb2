/** The contract kit of stores. */
import type { JsonObject } from "../../json.js";
import type { StoreFactory } from "../../store.js";
import { declareLaw, type Law, type TestFramework } from "../framework.js";
import type { PropertyOptions } from "../properties.js";
import { commitLaws } from "./commits.js";
import { deathLaws } from "./deaths.js";
import { objectLaws } from "./objects.js";
import { partLaws } from "./parts.js";
import { transactionLaws } from "./transactions.js";

export interface StoreContractOptions extends TestFramework, PropertyOptions {
  readonly factory: StoreFactory;
  /** The URI of a place where nothing is yet: another one at every call. */
  readonly uri: () => string | Promise<string>;
  /** What every place is opened with; nothing when left out. */
  readonly options?: JsonObject;
  /**
   * The same objects as a process sees them that dies after so many requests: each further one fails and does nothing,
   * but the first of them takes effect when `answerLost` says so. Without it, no law lets a commit die.
   */
  readonly dying?: (requests: number, answerLost: boolean) => StoreFactory;
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
    partLaws(options, law);
    transactionLaws(options, law);
    commitLaws(options, law);
    deathLaws(options, law);
  });
}
