/** Which rows of a group can lie in the shard, told without reading the coordinates of all. */
import { assertDatasetColumn, expandPath, readRequest } from "@zagg/core";
import { coordinateNotes, degreesOf, type Degrees } from "@zagg/core/internal";
import { blocksOfGroup, rowsNear } from "./near-blocks.js";
import type { GroupReading } from "./group-reading.js";
import { levelKey } from "./level-cache.js";
import { levelTrack, plannedRanges, type LevelTrack } from "./planned-rows.js";
import { commonRanges, type RowRange } from "./row-range.js";
import type { SourceLevel } from "../../plan/source-levels.js";

/** The base rows to look at, in order and disjoint: by the level of the read plan, by blocks of the granule, or both; null for all. */
export async function plannedRows(reading: GroupReading): Promise<readonly RowRange[] | null> {
  const byLevel = await rowsByLevel(reading);
  const blocks = await blocksOfGroup(reading);
  const cap = blocks === null ? null : reading.cap();
  if (blocks === null || cap === null) return byLevel;
  const near = rowsNear(blocks, cap);
  return byLevel === null ? near : commonRanges(byLevel, near);
}

async function rowsByLevel(reading: GroupReading): Promise<readonly RowRange[] | null> {
  const { href, group, layout, plan, memory } = reading;
  const { read } = plan;
  const cap = read === null ? null : reading.cap();
  if (read === null || cap === null) return null;
  const known = memory.levels.get(levelKey(href, group, read.level));
  const coordinates = plan.levels.get(read.level)?.coordinates;
  const link = layout.links.get(read.level);
  if (known === undefined || link === undefined || coordinates === null || coordinates === undefined)
    return null;
  const track = known.track ?? (await readTrack(reading, coordinates, link.parents));
  if (track === undefined) return null;
  known.track = track;
  return plannedRanges(read, link, track, cap, layout.rows);
}

/** Where the rows of a level are; undefined when the group does not say. @throws ConfigError `DATASET_COLUMN` */
async function readTrack(
  { describe, reads, group, plan, warn }: GroupReading,
  { latitude, longitude }: NonNullable<SourceLevel["coordinates"]>,
  parents: number,
): Promise<LevelTrack | undefined> {
  const places = [latitude, longitude].map(({ path, column }) => ({ path: expandPath(path, group), column }));
  const degrees: Degrees[] = [];
  for (const [i, place] of places.entries()) {
    const info = await describe(place.path);
    if (info === null) return undefined;
    assertDatasetColumn(place, info);
    if (info.shape[0] !== parents) return undefined;
    coordinateNotes((i === 0 ? latitude : longitude).path, info, plan.decoding).forEach(warn);
    degrees.push(degreesOf(place.path, info, plan.decoding));
  }
  const columns = await reads.now(places.map((place) => readRequest(place, { start: 0, stop: parents })));
  const [lat, lon] = columns.map((column, i) => degrees[i]!(column, new Float64Array(parents)).slice());
  return levelTrack(lon!, lat!);
}
