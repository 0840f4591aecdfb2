/** Whether a map was built for all of the place and time that a configuration asks for. */
import type { BoundingBox, Json, JsonObject, Warning } from "@zagg/core";
import { DAY_MS, readInstant } from "@zagg/core/internal";
import { boxOfRegion, regionFromBbox } from "@zagg/sphere";
import { regionSize } from "../build/region-record.js";
import type { TimeInterval } from "../granule/granule-time.js";
import { holdsBox, SLACK_DEG } from "./boxes.js";
import type { Bounds } from "./config-bounds.js";

/** One warning when a map may lack granules of the bounds, as far as its metadata tell; none when it was built for them, or for everything. */
export function beyondMap(metadata: JsonObject, { region, time }: Bounds): readonly Warning[] {
  const build = objectOf(metadata["zagg_build"]);
  const reasons: string[] = [];
  if (region !== undefined) {
    const box = boxOfRegion(region);
    const recorded = objectOf(build["region"]);
    const built = boxOf(recorded["bbox"]);
    if (built !== undefined && !sameSize(recorded, regionSize(region), box)) {
      if (!holdsBox(built, box)) reasons.push(`it was built for the box ${built.join(", ")}`);
      else if (!sameSize(recorded, regionSize(regionFromBbox(built)), built))
        reasons.push("it was built for another region, which may not hold all of the bounds");
    }
    const asked = boxOf(metadata["bbox"]);
    if (asked !== undefined && !holdsBox(asked, box))
      reasons.push(`its catalog was queried for the box ${asked.join(", ")}`);
  }
  if (time !== undefined) {
    const spans = [
      ["it was built for", intervalOf(objectOf(build["time"]), "start", "end")],
      ["its catalog was queried for", intervalOf(metadata, "start_date", "end_date")],
    ] as const;
    for (const [what, span] of spans) {
      if (span === undefined || (span.startMs <= time.startMs && span.endMs >= time.endMs)) continue;
      reasons.push(
        `${what} ${new Date(span.startMs).toISOString()} to ${new Date(span.endMs).toISOString()}`,
      );
    }
  }
  const history = metadata["zagg_history"];
  if (Array.isArray(history) && history.some((step: Json) => objectOf(step)["action"] === "subset"))
    reasons.push("parts of it were left out by zagg shardmap subset");
  if (reasons.length === 0) return [];
  return [
    {
      code: "BOUNDS_BEYOND_MAP",
      path: "/bounds",
      what: "the bounds may reach beyond what the shard map was made for",
      why: `${reasons.join("; ")}: granules of the rest are not known, and their points will be missing`,
      mend: "build the map for these bounds with zagg shardmap build, or narrow them; if nothing is missing, all is well",
    },
  ];
}

function sameSize(
  recorded: JsonObject,
  { polygons, vertices }: { readonly polygons: number; readonly vertices: number },
  box: BoundingBox,
): boolean {
  const built = boxOf(recorded["bbox"]);
  if (recorded["polygons"] !== polygons || recorded["vertices"] !== vertices || built === undefined)
    return false;
  return box.every((degrees, i) => Math.abs(degrees - built[i]!) <= SLACK_DEG);
}

function boxOf(value: Json | undefined): BoundingBox | undefined {
  const isBox = Array.isArray(value) && value.length === 4 && value.every((one) => typeof one === "number");
  return isBox ? (value as unknown as BoundingBox) : undefined;
}

function intervalOf(from: JsonObject, start: string, end: string): TimeInterval | undefined {
  const [first, last] = [from[start], from[end]].map((text) =>
    typeof text === "string" ? readInstant(text) : undefined,
  );
  if (first === undefined || last === undefined) return undefined;
  return { startMs: first.ms, endMs: last.ms + (last.isDay ? DAY_MS - 1 : 0) };
}

function objectOf(value: Json | undefined): JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}
