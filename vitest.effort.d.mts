/** Whether the proofs are run. */
export const isProof: boolean;

/**
 * Examples of a property: all of them in a proof, else a tenth.
 * @param quick examples when it is no proof, in place of the tenth
 */
export function runs(full: number, quick?: number): number;

/** Rows of a table: all of them in a proof, else `quick` of them, evenly apart, the first and the last among them. */
export function some<T>(rows: readonly T[], quick: number): T[];

/** Seeds of a campaign of random cases: the first one, or as many as ZAGG_FUZZ_SEEDS says. */
export function seeds(): number[];
