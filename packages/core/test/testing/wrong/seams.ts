/** Wrong coverage of rings larger than a hemisphere and of their seams. */
import type { Ring } from "../../../src/index.js";
import { covering, giving } from "./regions.js";
import type { WrongGrid } from "./wrong-grid.js";

/** Whether a ring is walked to and fro somewhere, longitudes at a pole and whole turns apart being one. */
function hasSeam({ lonDeg, latDeg }: Ring): boolean {
  const places = Array.from(lonDeg, (lon, i) =>
    Math.abs(latDeg[i]!) === 90 ? `${latDeg[i]}` : `${(lon + 720) % 360} ${latDeg[i]}`,
  );
  const edges = new Set(places.map((place, i) => `${place} > ${places[(i + 1) % places.length]}`));
  return places.some((place, i) => {
    const next = places[(i + 1) % places.length];
    return place !== next && edges.has(`${next} > ${place}`);
  });
}

const turned = ({ lonDeg, latDeg }: Ring): Ring => ({
  lonDeg: lonDeg.toReversed(),
  latDeg: latDeg.toReversed(),
});

const LAW = "covers what lies to the left of a ring larger than a hemisphere, whose seams count for nothing";

export const wrongSeams: readonly WrongGrid[] = [
  {
    wrong: "takes the wrong side of a ring with a seam",
    law: LAW,
    change: (grid) =>
      covering(grid, (region) =>
        region.map((polygon) => polygon.map((ring) => (hasSeam(ring) ? turned(ring) : ring))),
      ),
  },
  {
    wrong: "covers the shards along a seam",
    law: LAW,
    change: (grid) =>
      giving(grid, (covered, region) => {
        const keys = region.flat().flatMap(({ lonDeg, latDeg }) =>
          Array.from(lonDeg).flatMap((lon, i) => {
            const next = (i + 1) % lonDeg.length;
            if (lon !== lonDeg[next]) return [];
            const key = new BigUint64Array(1);
            grid.shardsOf(Float64Array.of(lon), Float64Array.of((latDeg[i]! + latDeg[next]!) / 2), key);
            return [...key];
          }),
        );
        return BigUint64Array.from(new Set([...covered, ...keys])).sort();
      }),
  },
  {
    wrong: "takes the outline of the globe for a line without area",
    law: LAW,
    change: (grid) =>
      covering(grid, (region) =>
        region.map((polygon) => polygon.filter((ring) => !hasSeam(ring) || ring.lonDeg.length > 4)),
      ),
  },
  {
    wrong: "takes what lies left of a hole for the hole",
    law: LAW,
    change: (grid) =>
      covering(grid, (region) =>
        region.map((polygon) => polygon.map((ring, i) => (i === 0 ? ring : turned(ring)))),
      ),
  },
];
