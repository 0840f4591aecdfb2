// Rows to cells to statistics.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { aggregatePlain } from "./baseline.mjs";
import { aggregateOurs } from "./group-and-aggregate.mjs";
import { ratios, seconds, takeTurns } from "./rounds.mjs";
import { heights } from "./samples.mjs";

export async function benchAggregation({ points, rounds, folder, python }) {
  console.log("group and aggregate (count, min, max, mean, var, three quantiles)");
  for (const cells of [4_096, 65_536]) {
    const { cell, h } = heights(points, cells);
    const files = { cell: join(folder, `cell-${cells}.i32`), h: join(folder, `h-${cells}.f32`) };
    if (python.modules.length > 0) {
      writeFileSync(files.cell, cell);
      writeFileSync(files.h, h);
    }
    const contenders = {
      ours: () => seconds(() => aggregateOurs(cell.slice(), h, cells)),
      plain: () => seconds(() => aggregatePlain(cell, h)),
    };
    for (const task of ["pandas", "polars", "duckdb"].filter((name) => python.modules.includes(name))) {
      contenders[task] = () => python.time({ task, ...files });
    }
    ratios(`  ${cells.toLocaleString("en-US")} cells`, points, await takeTurns(contenders, rounds));
  }
  console.log();
}
