// Granules for the bench: the demo's own, more of them.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { demoConfigs, makeDemoGranules } from "@zagg/cli/demo";

export async function makeBenchGranules(folder) {
  mkdirSync(folder, { recursive: true });
  const [{ text }] = demoConfigs();
  const config = join(folder, "config.yaml");
  writeFileSync(config, text);
  await makeDemoGranules(join(folder, "granules"), { granules: 12, segmentsPerBeam: 90_000 });
  return { config, patterns: [join(folder, "granules", "*.h5")] };
}
