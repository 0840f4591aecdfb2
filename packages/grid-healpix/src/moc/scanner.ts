/** Reading the text forms of MOCs: whole numbers, marks, and errors that say where. */
import { GridError } from "@zagg/core";
import { MAX_ORDER } from "../kernels/face-cells.js";
import { cellCount } from "../kernels/cell-index.js";
import { mocFromRanges, type Moc } from "./moc.js";

/** No cell id has more digits. */
const MAX_DIGITS = 19;

/** A text and how far it has been read, with the ranges that were found so far. */
export interface Scanner {
  readonly text: string;
  at: number;
  /** The finest order that was named; -1 before the first. */
  finest: number;
  /** Starts and stops at order 29. */
  readonly ranges: bigint[];
}

export function createScanner(text: string): Scanner {
  return { text, at: 0, finest: -1, ranges: [] };
}

/** The MOC of what was found. */
export function scannedMoc({ finest, ranges }: Scanner): Moc {
  return mocFromRanges(finest, BigUint64Array.from(ranges));
}

/** Goes past characters; false when there were none of them. */
export function skip(scanner: Scanner, characters: string): boolean {
  const from = scanner.at;
  while (scanner.at < scanner.text.length && characters.includes(scanner.text[scanner.at]!)) {
    scanner.at++;
  }
  return scanner.at > from;
}

/** Goes past one character if it stands here. */
export function accept(scanner: Scanner, character: string): boolean {
  if (scanner.text[scanner.at] !== character) return false;
  scanner.at++;
  return true;
}

/** The digits that stand here. @throws GridError `MOC_SYNTAX` if there are none */
export function scanDigits(scanner: Scanner, expected: string): string {
  const from = scanner.at;
  skip(scanner, "0123456789");
  if (scanner.at === from) throw syntaxError(scanner, expected);
  return scanner.text.slice(from, scanner.at);
}

/** Notes an order that was read just now. @throws GridError `MOC_CELL` beyond 29 */
export function noteOrder(scanner: Scanner, digits: string): number {
  const order = digits.length > 4 ? Infinity : Number(digits);
  if (order > MAX_ORDER) {
    throw cellError(scanner, digits, `order ${shortened(digits)}`, `orders are 0 to ${MAX_ORDER}`);
  }
  scanner.finest = Math.max(scanner.finest, order);
  return order;
}

/** The id of a cell that was read just now. @throws GridError `MOC_CELL` */
export function cellOf(scanner: Scanner, order: number, digits: string): bigint {
  const id = digits.length > MAX_DIGITS ? undefined : BigInt(digits);
  if (id === undefined || id >= cellCount(order)) {
    const why = `cells of that order are numbered from 0 to ${cellCount(order) - 1n}`;
    throw cellError(scanner, digits, `cell ${shortened(digits)} of order ${order}`, why);
  }
  return id;
}

/** Notes the cells first … last of an order. */
export function noteCells({ ranges }: Scanner, order: number, first: bigint, last: bigint): void {
  const shift = BigInt(2 * (MAX_ORDER - order));
  ranges.push(first << shift, (last + 1n) << shift);
}

/** The error for what stands here. */
export function syntaxError(scanner: Scanner, expected: string): GridError {
  const { text, at } = scanner;
  const found = at < text.length ? `"${text.slice(at, at + 20)}"` : "the end";
  return new GridError("MOC_SYNTAX", {
    what: `${found} stands at ${placeText(text, at)} of a MOC`,
    why: `${expected} should be there`,
    mend: 'give an IVOA MOC as ASCII, such as 5/1-3 6/40, or as JSON, such as {"5":[1,2,3],"6":[40]}',
    details: { offset: at, ...placeOf(text, at) },
  });
}

function cellError({ text, at }: Scanner, digits: string, what: string, why: string): GridError {
  const offset = at - digits.length;
  return new GridError("MOC_CELL", {
    what: `${what}, at ${placeText(text, offset)} of a MOC, does not exist`,
    why,
    mend: "check that the numbers are nested ids and not those of the ring or NUNIQ numbering",
    details: { offset, ...placeOf(text, offset) },
  });
}

function placeOf(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset);
  return { line: before.split("\n").length, column: offset - before.lastIndexOf("\n") };
}

function placeText(text: string, offset: number): string {
  const { line, column } = placeOf(text, offset);
  return `line ${line}, column ${column}`;
}

function shortened(digits: string): string {
  return digits.length > MAX_DIGITS + 5 ? `${digits.slice(0, MAX_DIGITS)}…` : digits;
}
