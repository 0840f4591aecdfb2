/** Which rows of a group a read plan leaves to be read. */
import { expandPath } from "@zagg/core";
import { coordinatesDeg } from "../../kernels/coordinates.js";
import type { RowRange } from "./block-index.js";
import { levelKey, type LevelCache } from "./level-cache.js";
import { levelTrack, plannedRanges, type LevelTrack } from "./planned-rows.js";
import type { GroupReading } from "./read-group.js";
import type { GranuleDatasets } from "./granule-datasets.js";

/** The base rows that can lie in the shard, by the level of the read plan; null for all. */
export async function plannedRows(
  { granule, href, group, layout, plan, cap }: GroupReading,
  levels: LevelCache,
): Promise<readonly RowRange[] | null> {
  const { read } = plan;
  if (read === null || cap === null) return null;
  const known = levels.get(levelKey(href, group, read.level));
  const coordinates = plan.levels.get(read.level)?.coordinates;
  const link = layout.links.get(read.level);
  if (known === undefined || link === undefined || coordinates === null || coordinates === undefined)
    return null;
  const track = known.track ?? (await readTrack(granule, group, coordinates, link.parents));
  if (track === undefined) return null;
  known.track = track;
  return plannedRanges(read, link, track, cap, layout.rows);
}

/** Where the rows of a level are; undefined when the group does not say. */
async function readTrack(
  granule: GranuleDatasets,
  group: string,
  { latitude, longitude }: { readonly latitude: string; readonly longitude: string },
  parents: number,
): Promise<LevelTrack | undefined> {
  const degrees = async (template: string): Promise<Float64Array | undefined> => {
    const path = expandPath(template, group);
    const info = await granule.describe(path);
    if (info === null || info.shape.length !== 1 || info.shape[0] !== parents) return undefined;
    const values = await granule.read(path, { start: 0, stop: parents });
    return coordinatesDeg(values, info.fillValue, new Float64Array(parents)).slice();
  };
  const [lat, lon] = [await degrees(latitude), await degrees(longitude)];
  return lat === undefined || lon === undefined ? undefined : levelTrack(lon, lat);
}
