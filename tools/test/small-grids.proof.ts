/** Small grids on `defineGrid`, each as long as what is peculiar to it. */
import { gridContract } from "@zagg/core/testing";
import { describe, expect, it } from "vitest";
import { runs } from "../../vitest.effort.mjs";
import { acrossTheAntimeridian } from "./small-grids/across-the-antimeridian.js";
import { holes } from "./small-grids/holes.js";
import { twoDimensions } from "./small-grids/two-dimensions.js";

const framework = { describe, it, expect, numRuns: runs(40, 8) };

gridContract({
  ...framework,
  name: "two dimensions",
  create: twoDimensions,
  unchunked: (fields) => twoDimensions(fields, [6, 9]),
  isInside: () => true,
});

gridContract({ ...framework, name: "holes", create: holes, isInside: () => true });

gridContract({
  ...framework,
  name: "shards across the antimeridian",
  create: acrossTheAntimeridian,
  isInside: (_lonDeg, latDeg) => latDeg >= -60 && latDeg < 60,
});
