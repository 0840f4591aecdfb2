/** Sources for the laws. */
import { isCodedError } from "../../errors.js";
import type { ByteRange, ByteSource } from "../../source.js";
import { broken } from "../framework.js";
import { show } from "../values.js";
import type { SourceContractOptions } from "./contract.js";

/** Bytes that tell their place: no two neighbours are alike, and no two stretches of four. */
export function patterned(length: number, seed = 0): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => (i % 251) ^ ((i >> 8) * 7 + seed));
}

/** Opens a source over bytes, and closes it afterwards. */
export async function within(
  options: SourceContractOptions,
  bytes: Uint8Array,
  test: (source: ByteSource, uri: string) => Promise<void>,
): Promise<void> {
  const uri = await options.make(bytes);
  const source = await options.factory.open(uri);
  try {
    await test(source, uri);
  } finally {
    await source.close();
  }
}

/** @throws when the source gives other bytes than these for the ranges, or in another order */
export async function assertBytes(
  source: ByteSource,
  bytes: Uint8Array,
  ranges: readonly ByteRange[],
): Promise<void> {
  const answers = await source.read(ranges);
  if (answers.length !== ranges.length) broken(`${ranges.length} ranges have ${answers.length} answers`);
  for (const [i, { start, stop }] of ranges.entries()) {
    const answer = answers[i]!;
    if (answer.length !== stop - start)
      broken(`bytes ${start} to ${stop}, number ${i}, are ${answer.length} bytes`);
    const wrong = answer.findIndex((byte, at) => byte !== bytes[start + at]);
    if (wrong >= 0)
      broken(
        `byte ${start + wrong}, of number ${i}, is ${answer[wrong]}, and ${bytes[start + wrong]} is there`,
      );
  }
}

/** @throws when an error is not a ReaderError of one of these codes */
export function assertCode(failure: unknown, codes: readonly string[], what: string): void {
  if (failure === undefined) broken(`${what} is no error`);
  if (!isCodedError(failure)) return broken(`${what} is ${String(failure)}, which has no code`);
  if (failure.name !== "ReaderError") broken(`${what} is a ${failure.name}, not a ReaderError`);
  if (!codes.includes(failure.code)) broken(`${what} has the code ${failure.code}, not ${show(codes)}`);
}
