/** What became of a catalog, and which productions of a granule are the same data. */
import { describe, expect, it } from "vitest";
import type { CatalogItem } from "../src/item.js";
import { granuleRevision, latestRevisions } from "../src/revisions.js";
import { itemFromStac } from "../src/stac.js";
import { catalogChanges } from "../src/sync.js";
import { granuleId, stacItem } from "./archive.js";

function item(id: string, updated: string | null = "2024-02-01T00:00:00Z"): CatalogItem {
  return { ...itemFromStac(stacItem(id)), updated };
}

describe("the name of an ICESat-2 granule", () => {
  it.each([
    ["ATL06_20181023144337_03810112_006_01.h5", "ATL06_03810112", "006_01"],
    ["ATL03_20181023144337_03810112_007_02", "ATL03_03810112", "007_02"],
    ["processed_ATL06_20181023144337_03810112_001_01.h5", "ATL06_03810112", "001_01"],
    ["ATL07-01_20190101000000_00640201_006_02.h5", "ATL07-01_00640201", "006_02"],
  ])("%s says which data and which production", (id, granule, revision) => {
    expect(granuleRevision({ id, assets: {} })).toEqual({ granule, revision });
  });

  it("is that of its file where the id is another", () => {
    const data = { href: "https://h/ATL06_20181023144337_03810112_006_01.h5?X-Amz-Signature=x" };
    expect(granuleRevision({ id: "SC:ATL06.005:228825416", assets: { data } })?.revision).toBe("006_01");
    expect(granuleRevision({ id: "LC08_L2SP_028030", assets: {} })).toBeNull();
  });

  it("leaves the latest production of the same data, and every other granule", () => {
    const all = [
      granuleId(1, "006_02"),
      "other",
      granuleId(2, "006_01"),
      granuleId(1, "007_01"),
      granuleId(1, "006_01"),
    ];
    const { items, superseded } = latestRevisions(all.map((id) => item(id)));
    expect(items.map(({ id }) => id)).toEqual(["other", granuleId(2, "006_01"), granuleId(1, "007_01")]);
    expect(superseded).toEqual([
      { id: granuleId(1, "006_02"), by: granuleId(1, "007_01") },
      { id: granuleId(1, "006_01"), by: granuleId(1, "007_01") },
    ]);
  });
});

describe("a catalog that is brought up to date", () => {
  const saved = [1, 2, 3, 4].map((track) => item(granuleId(track)));
  const [first, second, third] = saved as [CatalogItem, CatalogItem, CatalogItem];

  it("is unchanged when the same is found", () => {
    expect(catalogChanges(saved, saved)).toMatchObject({
      items: saved,
      added: [],
      removed: [],
      reprocessed: [],
      unchanged: 4,
    });
  });

  it("tells what is new, gone, changed, and produced again", () => {
    const changed = { ...second, updated: "2024-05-01T00:00:00Z" };
    const again = item(granuleId(3, "007_02"), "2024-06-01T00:00:00Z");
    const found = [first, changed, again, item(granuleId(9))];
    const changes = catalogChanges(saved, found);
    expect(changes).toMatchObject({
      items: found,
      added: [granuleId(9)],
      removed: [granuleId(4)],
      unchanged: 1,
    });
    expect(changes.reprocessed).toEqual([
      { from: second.id, to: second.id, updatedFrom: second.updated, updatedTo: changed.updated },
      { from: third.id, to: again.id, updatedFrom: third.updated, updatedTo: again.updated },
    ]);
  });

  it("keeps the later production where the source still lists both", () => {
    const again = item(granuleId(3, "007_02"));
    const changes = catalogChanges(saved, [...saved, again]);
    expect(changes.items).not.toContain(third);
    expect(changes).toMatchObject({ added: [], removed: [], unchanged: 3 });
    expect(changes.reprocessed.map(({ from, to }) => [from, to])).toEqual([[third.id, again.id]]);
    expect(catalogChanges(changes.items, [...saved, again]).reprocessed).toEqual([]);
  });

  it("takes an entry that is older, or says no time, for the same", () => {
    const older = { ...first, updated: "2023-01-01T00:00:00Z" };
    expect(catalogChanges([first, second], [older, { ...second, updated: null }]).unchanged).toBe(2);
  });

  it("from changes alone keeps what was there, and does not say what is gone", () => {
    const changes = catalogChanges(saved, [item(granuleId(2, "007_02")), item(granuleId(9))], true);
    expect(changes.items.map(({ id }) => id)).toEqual([
      ...[1, 3, 4].map((track) => granuleId(track)),
      granuleId(2, "007_02"),
      granuleId(9),
    ]);
    expect(changes).toMatchObject({ added: [granuleId(9)], removed: null, unchanged: 3 });
  });
});
