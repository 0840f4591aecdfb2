/** Which footprints touch an area, for APIs that compare boxes only. In doubt a footprint touches. */
import { isCodedError, type Region } from "@zagg/core";
import { prepareRegion, regionFromGeoJson, regionsMeet, type PreparedRegion } from "@zagg/sphere";
import type { CatalogItem } from "../item.js";

/** Whether an item's footprint touches the area; an item without a footprint that can be read is let through. */
export function areaFilter(area: Region): (item: CatalogItem) => boolean {
  const prepared = prepareRegion(area);
  return ({ geometry }) => {
    if (geometry === null) return true;
    let footprint: PreparedRegion;
    try {
      footprint = prepareRegion(regionFromGeoJson(geometry));
    } catch (error) {
      if (isCodedError(error)) return true;
      throw error;
    }
    return regionsMeet(prepared, footprint);
  };
}
