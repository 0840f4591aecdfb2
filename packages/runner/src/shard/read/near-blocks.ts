/** Which blocks of a granule can hold points of a shard, by the boxes that the granule gives for them. */
import { ReaderError, type RowBlock } from "@zagg/core";
import type { GroupReading } from "./group-reading.js";
import type { ShardCap } from "./planned-rows.js";
import { mergedRanges, type RowRange } from "./row-range.js";

const RADIANS = Math.PI / 180;
/** Of a cosine: boxes are rounded, and so are we. */
const SLACK = 1e-12;

/**
 * What the granule says of the blocks of a group; null when it does not.
 * @throws ReaderError `GRANULE_INCONSISTENT` when they leave out rows or repeat them
 */
export async function blocksOfGroup(reading: GroupReading): Promise<readonly RowBlock[] | null> {
  const { granule, href, group, layout, memory, plan } = reading;
  if (granule.blocks === undefined) return null;
  const known = memory.blocks.get(href, group);
  if (known !== undefined) return known;
  const { latitude, longitude } = layout;
  // A granule is asked by the paths of coordinates alone, which say nothing of columns, and answers in values.
  const isPlain = latitude.column === null && longitude.column === null && plan.decoding.decode !== "raw";
  const blocks = isPlain
    ? await granule.blocks({ latitude: latitude.path, longitude: longitude.path })
    : null;
  if (blocks !== null) assertTiles(blocks, latitude.path, layout.rows);
  memory.blocks.set(href, group, blocks);
  return blocks;
}

/** Rows of the blocks that can touch the cap, in order, disjoint and not adjacent. */
export function rowsNear(blocks: readonly RowBlock[], cap: ShardCap): RowRange[] {
  return mergedRanges(
    blocks.flatMap(({ start, stop, bbox }) =>
      bbox === null || boxMeetsCap(bbox, cap) ? [{ start, stop }] : [],
    ),
  );
}

/**
 * Whether a box of longitudes and latitudes holds a point of a cap. The nearest point of a box to one outside its longitudes lies on
 * its western or eastern edge, where the cosine of the distance has one maximum.
 * @param bbox degrees
 */
export function boxMeetsCap(
  [west, south, east, north]: NonNullable<RowBlock["bbox"]>,
  cap: ShardCap,
): boolean {
  const turned = (lon: number): number => ((lon % 360) + 360) % 360;
  const width = west <= east ? Math.min(360, east - west) : turned(east - west);
  const offset = turned(Math.atan2(cap.y, cap.x) / RADIANS - west);
  const apart = offset <= width ? 0 : Math.min(offset - width, 360 - offset) * RADIANS;
  const across = Math.hypot(cap.x, cap.y) * Math.cos(apart);
  const nearest = Math.atan2(cap.z, across);
  const [low, high] = [south * RADIANS, north * RADIANS];
  const cosineAt = (lat: number): number => cap.z * Math.sin(lat) + across * Math.cos(lat);
  const cosine =
    nearest >= low && nearest <= high ? cosineAt(nearest) : Math.max(cosineAt(low), cosineAt(high));
  // Not "at least": a box with a NaN is of no known place, and touches.
  return !(cosine < 1 - cap.radius ** 2 / 2 - SLACK);
}

function assertTiles(blocks: readonly RowBlock[], path: string, rows: number): void {
  let next = 0;
  for (const { start, stop } of blocks) {
    if (start !== next || stop <= start) break;
    next = stop;
  }
  if (next === rows && blocks.at(-1)?.stop === (rows === 0 ? undefined : rows)) return;
  throw new ReaderError("GRANULE_INCONSISTENT", {
    path,
    what: `the blocks of the granule hold rows up to ${next} of ${rows}`,
    why: "each row of a group is in one block, in order",
    mend: "fetch the granule and what describes its blocks again, or report it to the authors of the reader",
  });
}
