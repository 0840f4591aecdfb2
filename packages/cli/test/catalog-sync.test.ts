/** `zagg catalog sync` against a server. */
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadCatalog } from "../src/inputs/catalog-file.js";
import { main } from "../src/index.js";
import { archivedGranule, testArchive, type Archive } from "./archive.js";
import { testFolder, zagg, zaggDone } from "./command.js";

const granules = [1, 2, 3, 4, 5, 6, 7].map((track) => archivedGranule(track));
const product = ["--short-name", "ATL06", "--version", "007"];
const january = ["--start-date", "2024-01-01", "--end-date", "2024-01-31"];
const bbox = "--bbox=0,69,20,72";

/** A catalog of an archive, in a folder of its own. */
async function queried(archive: Archive): Promise<{ folder: string; out: string }> {
  const folder = testFolder();
  const out = join(folder, "granules.parquet");
  await zaggDone("catalog", "query", ...product, ...january, bbox, "--url", archive.url, "--out", out);
  return { folder, out };
}

describe("zagg catalog sync", () => {
  it("brings the file up to date and reports what became of it", async () => {
    const archive = await testArchive(granules);
    const { out } = await queried(archive);
    const changed = archivedGranule(2, "007_01", "2024-06-01T00:00:00.000Z");
    const again = archivedGranule(3, "007_02");
    archive.items = [granules[0]!, changed, again, ...granules.slice(4), archivedGranule(8)];
    const { stdout } = await zaggDone("catalog", "sync", out);
    expect(stdout.split("\n").map((line) => line.replace(/ {2,}/g, " "))).toEqual([
      `added ${archivedGranule(8).id}`,
      `removed ${granules[3]!.id}`,
      `reprocessed ${changed.id}, 2024-06-01T00:00:00Z`,
      `reprocessed ${granules[2]!.id} -> ${again.id}`,
      "",
      "1 added, 1 removed, 2 reprocessed, 4 unchanged",
      `Catalog: 7 granules -> ${out}`,
      "",
    ]);
    expect((await loadCatalog(out)).items.map(({ id }) => id)).toEqual(archive.items.map(({ id }) => id));
    const queries = archive.asked
      .filter(({ searchParams }) => !searchParams.has("from"))
      .map(({ search }) => search);
    expect(queries[1]).toBe(queries[0]);
    const { stdout: json } = await zaggDone("catalog", "sync", out, "--json");
    expect(JSON.parse(json)).toMatchObject({
      added: [],
      removed: [],
      reprocessed: [],
      unchanged: 7,
      granules: 7,
    });
  });

  it("with --dry-run reports the same and leaves the file as it was", async () => {
    const archive = await testArchive(granules);
    const { out, folder } = await queried(archive);
    const before = readFileSync(out);
    archive.items = granules.slice(2);
    const { stdout } = await zaggDone("catalog", "sync", out, "--dry-run");
    expect(stdout).toContain("0 added, 2 removed, 0 reprocessed, 5 unchanged");
    expect(readFileSync(out).equals(before)).toBe(true);
    expect(readdirSync(folder)).toEqual(["granules.parquet"]);
  });

  it.each<[string, (archive: Archive) => void, number]>([
    [
      "answers with an error",
      ({ faults }) => faults.push((response) => void response.writeHead(400).end("{}")),
      3,
    ],
    [
      "breaks the search off on its second page",
      ({ faults }) =>
        faults.push(
          (response) =>
            void response.end(
              JSON.stringify({ features: granules.slice(0, 3), links: [{ rel: "next", href: "/x" }] }),
            ),
          (response) => void response.writeHead(404).end(),
        ),
      3,
    ],
    ["has nothing any more", (archive) => void (archive.items = []), 3],
  ])("leaves the file as it was when the archive %s", async (_what, spoil, expected) => {
    const archive = await testArchive(granules);
    const { out, folder } = await queried(archive);
    const before = readFileSync(out);
    spoil(archive);
    const { status } = await zagg("catalog", "sync", out);
    expect(status).toBe(expected);
    expect(readFileSync(out).equals(before)).toBe(true);
    expect(readdirSync(folder)).toEqual(["granules.parquet"]);
  });

  it("with --changes of an API that cannot tell asks for everything, and says so", async () => {
    const archive = await testArchive(granules);
    const { out } = await queried(archive);
    archive.items = granules.slice(1);
    const { stdout, stderr } = await zaggDone("catalog", "sync", out, "--changes");
    expect(stderr).toContain("everything was asked for");
    expect(stdout).toContain("1 removed");
  });

  it("sends the token of the environment only where the user says, not where the file does", async () => {
    const archive = await testArchive(granules);
    const { out } = await queried(archive);
    const quiet = { write: () => true };
    const env = { ZAGG_CATALOG_TOKEN: "abcdefgh" };
    await main(["catalog", "sync", out], { stdout: quiet, stderr: quiet, env });
    expect(new Set(archive.authorizations)).toEqual(new Set([undefined]));
    await main(["catalog", "sync", out, "--url", archive.url], { stdout: quiet, stderr: quiet, env });
    expect(archive.authorizations.at(-1)).toBe("Bearer abcdefgh");
  });

  it("with --changes asks CMR's own search for what was revised since, and does not say what is gone", async () => {
    const archive = await testArchive(granules);
    const out = join(testFolder(), "granules.parquet");
    await zaggDone(
      "catalog",
      "query",
      ...product,
      ...january,
      bbox,
      "--umm",
      "--url",
      archive.url,
      "--out",
      out,
    );
    const later = new Date(Date.now() + 60_000).toISOString();
    archive.items = [
      ...granules.slice(3),
      archivedGranule(1, "007_02", later),
      archivedGranule(8, "007_01", later),
    ];
    const { stdout } = await zaggDone("catalog", "sync", out, "--changes", "--json");
    expect(JSON.parse(stdout)).toMatchObject({
      granules: 8,
      added: [archivedGranule(8).id],
      removed: null,
      reprocessed: [{ from: granules[0]!.id, to: archivedGranule(1, "007_02").id }],
      unchanged: 6,
    });
    expect((await loadCatalog(out)).items).toHaveLength(8);
    expect((await zaggDone("catalog", "sync", out)).stdout).toContain("0 added, 2 removed, 0 reprocessed");
  });

  it("refuses a file that is no catalog", async () => {
    const path = join(testFolder(), "x.parquet");
    writeFileSync(path, "PAR1 and nothing else");
    const { status, stderr } = await zagg("catalog", "sync", path);
    expect([status, stderr]).toEqual([3, expect.stringContaining(`at ${path}`)]);
  });
});
