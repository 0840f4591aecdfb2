/** What a whole file covers: kinds of geometry and the box around them. */
import type { BoundingBox, JsonObject } from "@zagg/core";

export interface Extent {
  add(geometry: JsonObject | null, bbox: BoundingBox | null): void;
  /** Sorted. */
  types(): readonly string[];
  /** All longitudes when some box crosses the antimeridian; null without boxes. */
  bbox(): BoundingBox | null;
}

export function createExtent(): Extent {
  const types = new Set<string>();
  let box: BoundingBox | null = null;
  return {
    add(geometry, bbox) {
      if (geometry !== null) types.add(String(geometry["type"]));
      if (bbox === null) return;
      const [west, south, east, north] = bbox[0] > bbox[2] ? [-180, bbox[1], 180, bbox[3]] : bbox;
      box =
        box === null
          ? [west, south, east, north]
          : [
              Math.min(box[0], west),
              Math.min(box[1], south),
              Math.max(box[2], east),
              Math.max(box[3], north),
            ];
    },
    types: () => [...types].sort(),
    bbox: () => box,
  };
}
