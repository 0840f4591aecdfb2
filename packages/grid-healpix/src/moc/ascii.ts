/** MOCs as ASCII text (IVOA MOC 2.0, section 4.3.1). */
import { HIGH, LOW, lanesOf } from "@zagg/core/internal";
import { mocLevels } from "./cells.js";
import type { Moc } from "./moc.js";
import {
  accept,
  cellOf,
  createScanner,
  noteCells,
  noteOrder,
  scanDigits,
  scannedMoc,
  skip,
  syntaxError,
} from "./scanner.js";

const SEPARATORS = " ,\t\r\n";

/**
 * The text of a MOC: orders, coarsest first, each followed by its cells, runs of them as first-last. An order without
 * cells comes last when the MOC's resolution is finer than its cells.
 *
 * @example
 * formatMocAscii(mocFromNested(3, BigUint64Array.of(0n, 1n, 2n, 3n, 9n))); // "2/0 3/9"
 */
export function formatMocAscii(moc: Moc): string {
  const levels = mocLevels(moc);
  const parts = levels.map(({ order, nested }) => `${order}/${runsOf(nested).join(" ")}`);
  if (levels.at(-1)?.order !== moc.order) parts.push(`${moc.order}/`);
  return parts.join(" ");
}

/**
 * Reads the text of a MOC. Numbers stand apart by spaces, commas and line breaks; orders and cells come in any order and may overlap;
 * a leading `s`, which says that the MOC is one of space, is passed over.
 * @throws GridError `MOC_SYNTAX`, `MOC_CELL`, both with the place: offset, line and column
 */
export function parseMocAscii(text: string): Moc {
  const scanner = createScanner(text);
  skip(scanner, SEPARATORS);
  if (accept(scanner, "s")) skip(scanner, SEPARATORS);
  let order = -1;
  do {
    const digits = scanDigits(scanner, order < 0 ? "an order and a slash" : "an order or a cell");
    if (scanner.text[scanner.at] === "/") {
      order = noteOrder(scanner, digits);
      scanner.at++;
      skip(scanner, SEPARATORS);
      continue;
    }
    if (order < 0) throw syntaxError(scanner, "the slash after an order");
    const first = cellOf(scanner, order, digits);
    const last = accept(scanner, "-")
      ? cellOf(scanner, order, scanDigits(scanner, "the last cell of a run"))
      : first;
    if (last < first)
      throw syntaxError(scanner, `a run that ascends: it is from ${first} to ${last}; one that does`);
    noteCells(scanner, order, first, last);
    if (!skip(scanner, SEPARATORS) && scanner.at < text.length) {
      throw syntaxError(scanner, "a space or a comma after a cell");
    }
  } while (scanner.at < text.length);
  return scannedMoc(scanner);
}

/** Ascending ids as texts, those that follow one another as first-last. */
function runsOf(nested: BigUint64Array): string[] {
  const lanes = lanesOf(nested);
  const runs: string[] = [];
  for (let from = 0; from < nested.length;) {
    let to = from;
    while (to + 1 < nested.length && isNext(lanes, to)) to++;
    runs.push(from === to ? String(nested[from]) : `${nested[from]}-${nested[to]}`);
    from = to + 1;
  }
  return runs;
}

function isNext(lanes: Uint32Array, k: number): boolean {
  const low = (lanes[2 * k + LOW]! + 1) >>> 0;
  const high = lanes[2 * k + HIGH]! + (low === 0 ? 1 : 0);
  return lanes[2 * k + 2 + LOW] === low && lanes[2 * k + 2 + HIGH] === high;
}
