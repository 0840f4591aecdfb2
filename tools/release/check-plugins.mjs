// A grid and an aggregator made outside the repository from the template, packed, installed beside the packed command, named in
// `plugins:`, allowed on the command line, and run on the demo's granules in worker threads.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { writeStandalone } from "../generators/standalone.mjs";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const work = mkdtempSync(join(tmpdir(), "zagg-plugins-"));
const run = (command, args, cwd) =>
  execFileSync(command, args, { cwd, stdio: ["ignore", "pipe", "pipe"], encoding: "utf8" });
const install = (cwd, ...packages) =>
  run(
    "npm",
    ["install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefer-offline", ...packages],
    cwd,
  );

/** The tarball of a package in a folder. */
function pack(folder) {
  const [{ filename }] = JSON.parse(
    run("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", work], folder),
  );
  return join(work, filename);
}

/** What a page of docs/tutorials writes in its package, by path there. */
function pageFiles(page, name) {
  const text = readFileSync(join(root, "docs", "tutorials", page), "utf8");
  const blocks = text.matchAll(
    new RegExp(`^\`\`\`\\w+ packages/${name}/(\\S+)\\n([\\s\\S]*?)^\`\`\`$`, "gm"),
  );
  return [...blocks].map(([, path, content]) => ({ path, content }));
}

/** Writes a plugin package as its page says, compiles it against the packages of ours that it needs, packed, and packs it. */
async function makePlugin(kind, name, page, needs) {
  const folder = join(work, name);
  await writeStandalone(kind, name, folder);
  for (const { path, content } of pageFiles(page, name)) writeFileSync(join(folder, path), content);
  // npm notes the tarballs in the manifest; what is packed must name the ranges, as the author published it.
  const manifest = readFileSync(join(folder, "package.json"));
  install(folder, ...needs);
  writeFileSync(join(folder, "package.json"), manifest);
  run("npm", ["run", "build"], folder);
  return pack(folder);
}

/** Without a word on the command line nothing that the configuration names runs. */
function assertRefused(command) {
  try {
    command();
  } catch (error) {
    if (error.stderr?.includes("error PLUGIN_CONSENT")) return;
    throw error;
  }
  throw new Error("plugins of the configuration ran unasked");
}

const config = `plugins: [grid-boxes, aggregator-rms]
data_source:
  groups: [gt1l, gt1r, gt2l, gt2r, gt3l, gt3r]
  coordinates:
    latitude: "/{group}/land_ice_segments/latitude"
    longitude: "/{group}/land_ice_segments/longitude"
  variables: { h_li: "/{group}/land_ice_segments/h_li", s_li: "/{group}/land_ice_segments/h_li_sigma" }
  quality_filter: { dataset: "/{group}/land_ice_segments/atl06_quality_summary", value: 0 }
aggregation:
  variables:
    count: { function: len, source: h_li, dtype: int32 }
    h_rms: { function: rms, source: h_li }
output:
  grid: { type: boxes, shard_degrees: 1, cells_per_side: 20 }
`;

try {
  const tarballs = new Map(
    readdirSync(join(root, "packages")).map((name) => [name, pack(join(root, "packages", name))]),
  );
  const [core, sphere] = ["core", "sphere"].map((name) => tarballs.get(name));
  const plugins = [
    await makePlugin("grid", "grid-boxes", "add-a-grid.md", [core, sphere]),
    await makePlugin("aggregator", "aggregator-rms", "add-an-aggregator.md", [core]),
  ];
  const project = join(work, "project");
  mkdirSync(project);
  writeFileSync(
    join(project, "package.json"),
    JSON.stringify({ name: "project", private: true, type: "module" }),
  );
  install(project, ...tarballs.values(), ...plugins);
  writeFileSync(join(project, "config.yaml"), config);
  writeFileSync(
    join(project, "granules.mjs"),
    'import { makeDemoGranules } from "@zagg/cli/demo";\nconst { good } = await makeDemoGranules("granules", { granules: 3, segmentsPerBeam: 20_000 });\nconsole.log(good);\n',
  );
  const good = Number(run(process.execPath, ["granules.mjs"], project));
  const zagg = (...args) => run(join(project, "node_modules", ".bin", "zagg"), args, project);
  const named = ["--quiet", "--config", "config.yaml"];
  const build = ["shardmap", "build", ...named, "--granules", "granules/*.h5", "--out", "map.json"];
  assertRefused(() => zagg(...build));
  const allowed = ["--plugin", "grid-boxes", "--plugin", "aggregator-rms"];
  zagg(...build, ...allowed);
  const flags = [...named, ...allowed, "--json", "--workers", "2", "--catalog", "map.json"];
  const summary = JSON.parse(zagg("run", ...flags, "--store", "out.zarr"));
  if (!summary.completed || summary.total_obs !== good || summary.executor !== "threads") {
    throw new Error(
      `expected ${good} observations in worker threads: ${JSON.stringify({ ...summary, results: undefined })}`,
    );
  }
  console.log(
    `ok grid-boxes and aggregator-rms from outside: ${summary.total_cells} shards, ${good} observations, worker threads`,
  );
} catch (error) {
  console.error(error.stdout ?? "", error.stderr ?? "");
  throw error;
} finally {
  rmSync(work, { recursive: true, force: true });
}
