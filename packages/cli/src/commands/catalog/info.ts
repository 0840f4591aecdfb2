/** `zagg catalog info`: what a catalog holds. */
import { granuleOf, type CatalogItem, type CatalogProblem } from "@zagg/catalog";
import { openCatalog } from "@zagg/catalog/fs";
import type { BoundingBox, CodedErrorJson } from "@zagg/core";
import { untilInterrupted } from "../../inputs/interruption.js";
import { tellSkipped } from "../../output/skipped.js";
import { bytes, counted, table, thousands } from "../../output/table.js";
import { print, printJson } from "../../output/terminal.js";
import type { Session } from "../../session.js";

/** Sums over the items of a catalog. */
interface Totals {
  granules: number;
  time: { start: string; end: string } | null;
  bytes: number;
  bytesUnknown: number;
  /** All longitudes when a granule crosses the antimeridian. */
  bbox: BoundingBox | null;
  readonly collections: Record<string, number>;
  readonly assets: Record<string, number>;
  readonly problems: { id: string; error: CodedErrorJson }[];
}

/** Prints what a catalog holds. */
export async function catalogInfo(
  path: string,
  { json }: { json?: boolean },
  { terminal, signal }: Session,
): Promise<void> {
  const opened = await openCatalog(path);
  const totals = emptyTotals();
  const onProblem = (problem: CatalogProblem): void => void totals.problems.push(problem);
  for await (const items of untilInterrupted(opened.batches({ onProblem }), signal))
    for (const item of items) addItem(totals, item);
  const { format, entries, metadata } = opened;
  if (json === true) {
    return printJson(terminal, {
      version: "zagg-catalog-info/1",
      catalog: path,
      format,
      entries,
      ...totals,
      metadata,
    });
  }
  tellSkipped(terminal, totals.problems);
  print(terminal, table([["format", format], ...rowsOf(totals), ["metadata", JSON.stringify(metadata)]]));
}

function emptyTotals(): Totals {
  return {
    granules: 0,
    time: null,
    bytes: 0,
    bytesUnknown: 0,
    bbox: null,
    collections: {},
    assets: {},
    problems: [],
  };
}

function addItem(totals: Totals, item: CatalogItem): void {
  totals.granules++;
  const start = item.start ?? item.end;
  const end = item.end ?? item.start;
  if (start !== null && end !== null) {
    const { time } = totals;
    totals.time = {
      start: time === null || start < time.start ? start : time.start,
      end: time === null || end > time.end ? end : time.end,
    };
  }
  if (item.bytes === null) totals.bytesUnknown++;
  else totals.bytes += item.bytes;
  if (item.bbox !== null) totals.bbox = around(totals.bbox, item.bbox);
  count(totals.collections, item.collection ?? "none");
  for (const name of Object.keys(item.assets)) count(totals.assets, name);
  const { problem } = granuleOf(item);
  if (problem !== undefined) totals.problems.push({ id: item.id, error: problem });
}

function around(box: BoundingBox | null, [west, south, east, north]: BoundingBox): BoundingBox {
  const own: BoundingBox = west > east ? [-180, south, 180, north] : [west, south, east, north];
  if (box === null) return own;
  return [
    Math.min(box[0], own[0]),
    Math.min(box[1], own[1]),
    Math.max(box[2], own[2]),
    Math.max(box[3], own[3]),
  ];
}

function count(counts: Record<string, number>, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1;
}

function rowsOf(totals: Totals): (readonly string[])[] {
  const rows: (readonly string[])[] = [["granules", thousands(totals.granules)]];
  if (totals.time !== null) rows.push(["time", `${totals.time.start} to ${totals.time.end}`]);
  if (totals.bbox !== null) rows.push(["bbox", totals.bbox.join(", ")]);
  const sized = totals.granules - totals.bytesUnknown;
  if (sized > 0) {
    const all = totals.bytesUnknown === 0;
    rows.push(["bytes", `${bytes(totals.bytes)}${all ? "" : ` known of ${counted(sized, "granule")}`}`]);
  }
  for (const [name, granules] of Object.entries(totals.collections))
    rows.push([`in ${name}`, counted(granules, "granule")]);
  for (const [name, granules] of Object.entries(totals.assets))
    rows.push([`with ${name}`, counted(granules, "granule")]);
  if (totals.problems.length > 0) rows.push(["cannot be placed", counted(totals.problems.length, "granule")]);
  return rows;
}
