/** What reading costs in requests and bytes. */
import { describe, expect, it } from "vitest";
import { openFile } from "../../src/format/open.js";
import { counted, datasetAt, walkBytes } from "./walks.js";

async function opened() {
  const source = counted(walkBytes("new"));
  return { source, file: (await openFile(source, { pageBytes: 4096 }))! };
}

describe("requests", () => {
  it("asks for nothing twice", async () => {
    const { source, file } = await opened();
    const dataset = await datasetAt(file, "chunks/growing");
    const selection = { start: [10, 0], count: [4, 4] };
    const [first] = await file.readNumbers([{ dataset, selection }]);
    const before = source.requests();
    const [again] = await file.readNumbers([{ dataset: await datasetAt(file, "chunks/growing"), selection }]);
    expect(again).toEqual(first);
    expect(source.requests()).toBe(before);
  });

  it("fetches chunks of several datasets together where they lie near each other", async () => {
    const { source, file } = await opened();
    const datasets = await Promise.all(
      ["gzip", "shuffle", "fletcher"].map((name) => datasetAt(file, `filters/${name}`)),
    );
    const chunks = (await Promise.all(datasets.map(({ stored }) => stored.chunks()))).flatMap((table) => [
      ...table,
    ]);
    expect(chunks).toHaveLength(12);
    const before = source.requests();
    await file.readNumbers(datasets.map((dataset) => ({ dataset, selection: { start: [0], count: [100] } })));
    expect(source.requests() - before).toBeLessThanOrEqual(3);
  });

  it("fetches only the rows that are wanted of a dataset in one piece", async () => {
    const { source, file } = await opened();
    const dataset = await datasetAt(file, "types/<f8");
    const before = source.bytesRead();
    await file.readNumbers([{ dataset, selection: { start: [3], count: [4] } }]);
    expect(source.bytesRead() - before).toBe(32);
  });

  it("asks again for a page that could not be read", async () => {
    const bytes = counted(walkBytes("old"));
    let fails = true;
    const file = openFile({
      size: bytes.size,
      read: (ranges) => (fails ? Promise.reject(new Error("no answer")) : bytes.read(ranges)),
    });
    await expect(file).rejects.toThrow("no answer");
    fails = false;
    const source = { size: bytes.size, read: bytes.read.bind(bytes) };
    let broken = false;
    const flaky = (await openFile({
      size: source.size,
      read: (ranges) => (broken ? Promise.reject(new Error("no answer")) : source.read(ranges)),
    }))!;
    broken = true;
    await expect(flaky.object("chunks/single")).rejects.toThrow("no answer");
    broken = false;
    expect(await flaky.object("chunks/single")).toMatchObject({ kind: "dataset" });
  });
});
