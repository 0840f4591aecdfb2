/** The parts of FITS that a MOC needs: headers of 80-character cards, and one column of integers. */
import { GridError } from "@zagg/core";
import { MAX_ORDER } from "../kernels/face-cells.js";

const BLOCK = 2880;
const CARD = 80;
/** A header with more cards than this is not read on. */
const MAX_CARDS = 36_000;

/** The column of a MOC. */
export interface MocTable {
  readonly ordering: "RANGE" | "NUNIQ";
  /** Undefined when the header does not say. */
  readonly order: number | undefined;
  readonly values: BigUint64Array;
  /** Bytes per value: 4 or 8. */
  readonly width: number;
  /** Where the values begin in the file. */
  readonly offset: number;
}

/** Bytes of a header, whole blocks of it. */
export function formatHeader(cards: readonly (readonly [string, string | number | boolean])[]): Uint8Array {
  const lines = cards.map(([key, value]) => {
    const text = typeof value === "string" ? `'${value.padEnd(8)}'` : cardText(value).padStart(20);
    return `${key.padEnd(8)}= ${text}`.padEnd(CARD);
  });
  lines.push("END".padEnd(CARD));
  const text = lines.join("");
  return new TextEncoder().encode(text.padEnd(BLOCK * Math.ceil(text.length / BLOCK)));
}

/** The first table of a file that holds a MOC. @throws GridError `MOC_FITS` */
export function findMocTable(bytes: Uint8Array): MocTable {
  let at = 0;
  for (let first = true; at < bytes.length; first = false) {
    const start = at;
    const header = readHeader(bytes, start);
    if (first && header.cards.get("SIMPLE") !== "T") {
      throw fitsError(0, "the file does not begin with SIMPLE = T", "every FITS file does");
    }
    const size = dataSize(header.cards, start);
    const ordering = textOf(header.cards, "ORDERING");
    if (textOf(header.cards, "XTENSION") === "BINTABLE" && ordering !== undefined) {
      return readTable(bytes, header.cards, ordering, start, header.end, size);
    }
    at = header.end + BLOCK * Math.ceil(size / BLOCK);
  }
  throw fitsError(
    Math.min(at, bytes.length),
    "no binary table with the keyword ORDERING is there",
    "a MOC is one",
  );
}

/** The error for bytes that hold no MOC. */
export function fitsError(offset: number, what: string, why: string): GridError {
  return new GridError("MOC_FITS", {
    what: `${what} (byte ${offset} of a FITS file)`,
    why,
    mend: "give a FITS file of a MOC of space, of version 1.1 or 2.0 of the IVOA standard, complete and not compressed",
    details: { offset },
  });
}

type Cards = ReadonlyMap<string, string>;

function readTable(
  bytes: Uint8Array,
  cards: Cards,
  ordering: string,
  start: number,
  offset: number,
  size: number,
): MocTable {
  const refuse = (key: string, expected: string): GridError =>
    fitsError(
      start,
      `${key} is ${cards.get(key)?.slice(0, 40) ?? "missing"}`,
      `${expected} is what is read here`,
    );
  if (ordering !== "RANGE" && ordering !== "NUNIQ") throw refuse("ORDERING", "'RANGE' or 'NUNIQ'");
  if ((textOf(cards, "MOCDIM") ?? "SPACE") !== "SPACE") throw refuse("MOCDIM", "'SPACE'");
  if ((textOf(cards, "COORDSYS") ?? "C") !== "C") throw refuse("COORDSYS", "'C'");
  if (cards.get("TFIELDS") !== "1") throw refuse("TFIELDS", "1");
  const form = /^(\d*)([JK])$/.exec(textOf(cards, "TFORM1") ?? "");
  if (form === null) throw refuse("TFORM1", "a column of 32-bit or 64-bit integers, 'J' or 'K',");
  for (const key of ["TZERO1", "TSCAL1"])
    if (cards.has(key)) throw refuse(key, "a column without scale or offset");
  const width = form[2] === "J" ? 4 : 8;
  const repeat = form[1] === "" ? 1 : Number(form[1]);
  if (Number(cards.get("NAXIS1")) !== repeat * width)
    throw refuse("NAXIS1", `${repeat * width}, as TFORM1 says,`);
  const count = repeat * Number(cards.get("NAXIS2"));
  if (offset + size > bytes.length || !(count * width <= size)) {
    throw fitsError(
      bytes.length,
      `the file ends within its ${count} values`,
      "they do not all fit in its bytes",
    );
  }
  const data = new DataView(bytes.buffer, bytes.byteOffset + offset, count * width);
  const values = new BigUint64Array(count);
  for (let k = 0; k < count; k++) {
    values[k] = width === 8 ? data.getBigUint64(8 * k) : BigInt(data.getUint32(4 * k));
  }
  return { ordering, order: orderOf(cards, refuse), values, width, offset };
}

function orderOf(cards: Cards, refuse: (key: string, expected: string) => GridError): number | undefined {
  const key = ["MOCORD_S", "MOCORDER"].find((name) => cards.has(name));
  if (key === undefined) return undefined;
  const order = Number(cards.get(key));
  if (!Number.isInteger(order) || order < 0 || order > MAX_ORDER) throw refuse(key, `0 to ${MAX_ORDER}`);
  return order;
}

/** Values of a header by keyword, as they are written, without comments; and where the data begin. */
function readHeader(bytes: Uint8Array, start: number): { readonly cards: Cards; readonly end: number } {
  const cards = new Map<string, string>();
  for (let k = 0; k < MAX_CARDS; k++) {
    const at = start + CARD * k;
    if (at + CARD > bytes.length) break;
    const card = String.fromCharCode(...bytes.subarray(at, at + CARD));
    const key = card.slice(0, 8).trimEnd();
    if (key === "END") return { cards, end: start + BLOCK * Math.ceil((CARD * (k + 1)) / BLOCK) };
    if (!/^[A-Z0-9_-]*$/.test(key)) throw fitsError(at, "a card has no keyword", "headers consist of cards");
    const value =
      card.slice(8, 10) === "= " ? /^ *('(?:[^']|'')*'|[^/]*)/.exec(card.slice(10))?.[1] : undefined;
    if (value !== undefined && !cards.has(key)) cards.set(key, value.trim());
  }
  throw fitsError(start, "a header has no END", "every header has one");
}

/** Bytes of the data after a header. */
function dataSize(cards: Cards, start: number): number {
  const whole = (key: string, fallback?: number): number => {
    const value = cards.has(key) ? Number(cards.get(key)) : fallback;
    if (value === undefined || !Number.isSafeInteger(value)) {
      throw fitsError(
        start,
        `${key} is ${cards.get(key)?.slice(0, 40) ?? "missing"}`,
        "it is a whole number",
      );
    }
    return value;
  };
  const axes = whole("NAXIS");
  if (axes < 0 || axes > 999) throw fitsError(start, `NAXIS is ${axes}`, "it is 0 to 999");
  let size = axes === 0 ? 0 : Math.abs(whole("BITPIX")) / 8;
  for (let axis = 1; axis <= axes; axis++) size *= whole(`NAXIS${axis}`);
  size = whole("GCOUNT", 1) * (whole("PCOUNT", 0) + size);
  if (!(size >= 0 && size <= Number.MAX_SAFE_INTEGER)) {
    throw fitsError(start, `the data have ${size} bytes`, "no file has so many");
  }
  return size;
}

/** A text value without its quotes and the spaces at its end. */
function textOf(cards: Cards, key: string): string | undefined {
  const value = cards.get(key);
  if (value?.startsWith("'") !== true) return value;
  return value.slice(1, value.endsWith("'") ? -1 : undefined).trimEnd();
}

function cardText(value: number | boolean): string {
  return typeof value === "number" ? String(value) : value ? "T" : "F";
}
