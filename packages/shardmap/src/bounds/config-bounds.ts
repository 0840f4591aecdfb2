/** The place and time that a configuration's `bounds` limits maps and runs to. */
import {
  errorFromJson,
  errorToJson,
  isCodedError,
  type BoundingBox,
  type Region,
  type Warning,
  type ZaggConfig,
} from "@zagg/core";
import { timeBounds } from "@zagg/core/internal";
import { regionFromBbox, regionFromGeoJson } from "@zagg/sphere";
import type { TimeInterval } from "../granule/granule-time.js";

/** What a build takes as its region and time. */
export interface Bounds {
  readonly region?: Region;
  readonly time?: TimeInterval;
}

/**
 * The bounds of a validated configuration; a member is missing where it sets none. They select shards and granules, whole:
 * points are not clipped. The time is half-open in the configuration, and to the millisecond the same here.
 * @param tell is told of rings of `bounds.spatial` that may not mean what their author thinks
 * @throws GeometryError of `bounds.spatial`: `REGION_COORDINATE`, `REGION_BBOX_EMPTY`, `REGION_BBOX_REVERSED`, `REGION_NOT_GEOJSON`,
 * `REGION_CRS`, `REGION_RING`, `REGION_CROSSING`, `REGION_EMPTY`
 */
export function configBounds(config: Pick<ZaggConfig, "bounds">, tell?: (warning: Warning) => void): Bounds {
  const spatial = config.bounds?.spatial ?? null;
  const time = timeBounds(config);
  return {
    ...(spatial === null ? {} : { region: regionOf(spatial, tell) }),
    ...(time === undefined ? {} : { time: { startMs: time.startMs, endMs: time.endMs - 1 } }),
  };
}

function regionOf(
  spatial: NonNullable<NonNullable<ZaggConfig["bounds"]>["spatial"]>,
  tell: ((warning: Warning) => void) | undefined,
): Region {
  const path = "/bounds/spatial";
  const tellHere =
    tell && ((warning: Warning) => tell({ ...warning, path, what: `bounds.spatial: ${warning.what}` }));
  try {
    return Array.isArray(spatial)
      ? regionFromBbox(spatial as unknown as BoundingBox)
      : regionFromGeoJson(spatial, tellHere);
  } catch (error) {
    if (!isCodedError(error)) throw error;
    const json = errorToJson(error);
    throw Object.assign(errorFromJson({ ...json, path, what: `bounds.spatial: ${json.what}` }), {
      cause: error,
    });
  }
}
