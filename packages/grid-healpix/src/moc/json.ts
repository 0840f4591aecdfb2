/** MOCs as JSON text (IVOA MOC 2.0, section 4.3.2). Ids of orders beyond 24 do not fit a double: no JSON.parse. */
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
  type Scanner,
} from "./scanner.js";

const SPACE = " \t\r\n";

/**
 * The JSON text of a MOC: an object with a list of nested ids for each order, as bare integers of any size.
 *
 * @example
 * formatMocJson(mocFromNested(3, BigUint64Array.of(0n, 1n, 2n, 3n, 9n))); // '{"2":[0],"3":[9]}'
 */
export function formatMocJson(moc: Moc): string {
  const levels = mocLevels(moc);
  const parts = levels.map(({ order, nested }) => `"${order}":[${nested.join(",")}]`);
  if (levels.at(-1)?.order !== moc.order) parts.push(`"${moc.order}":[]`);
  return `{${parts.join(",")}}`;
}

/**
 * Reads the JSON text of a MOC. An object without orders is the empty MOC of order 0.
 * @throws GridError `MOC_SYNTAX`, `MOC_CELL`, both with the place: offset, line and column
 */
export function parseMocJson(text: string): Moc {
  const scanner = createScanner(text);
  expectMark(scanner, "{");
  if (!acceptMark(scanner, "}")) {
    do scanLevel(scanner);
    while (acceptMark(scanner, ","));
    expectMark(scanner, "}");
  }
  skip(scanner, SPACE);
  if (scanner.at < text.length) throw syntaxError(scanner, "the end");
  if (scanner.finest < 0) scanner.finest = 0;
  return scannedMoc(scanner);
}

/** `"order": [cell, cell]` */
function scanLevel(scanner: Scanner): void {
  expectMark(scanner, '"');
  const order = noteOrder(scanner, scanDigits(scanner, "an order in quotes"));
  if (!accept(scanner, '"')) throw syntaxError(scanner, "the quote after an order");
  expectMark(scanner, ":");
  expectMark(scanner, "[");
  if (acceptMark(scanner, "]")) return;
  do {
    skip(scanner, SPACE);
    const cell = cellOf(scanner, order, scanDigits(scanner, "the number of a cell"));
    noteCells(scanner, order, cell, cell);
  } while (acceptMark(scanner, ","));
  expectMark(scanner, "]");
}

function acceptMark(scanner: Scanner, mark: string): boolean {
  skip(scanner, SPACE);
  return accept(scanner, mark);
}

function expectMark(scanner: Scanner, mark: string): void {
  if (!acceptMark(scanner, mark)) throw syntaxError(scanner, mark);
}
