/**
 * How hard tests look. `npm test` looks at every behaviour, with few examples of each; `npm run test:proofs` sets ZAGG_PROOF
 * and looks at all of them. A test that imports this is run by both.
 */

/** Whether the proofs are run. */
export const isProof = process.env["ZAGG_PROOF"] === "1";

/** Examples of a property: all of them in a proof, else a tenth, or as many as told. */
export function runs(full, quick = Math.ceil(full / 10)) {
  return isProof ? full : Math.min(full, quick);
}

/** Rows of a table: all of them in a proof, else some, evenly apart, the first and the last among them. */
export function some(rows, quick) {
  if (isProof || rows.length <= quick) return [...rows];
  const step = quick > 1 ? (rows.length - 1) / (quick - 1) : 0;
  return Array.from({ length: quick }, (_, i) => rows[Math.round(i * step)]);
}

/** Seeds of a campaign of random cases: the first one, or as many as ZAGG_FUZZ_SEEDS says. */
export function seeds() {
  return Array.from({ length: Number(process.env["ZAGG_FUZZ_SEEDS"] ?? 1) }, (_, k) => k + 1);
}
