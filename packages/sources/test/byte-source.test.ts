import { describe, expect, it } from "vitest";
import { sourceContract } from "@zagg/core/testing";
import { byteSource } from "../src/index.js";
import { missing, unreadable } from "../src/failures.js";

const made = new Map<string, Uint8Array>();

sourceContract({
  describe,
  it,
  expect,
  factory: {
    kind: "source",
    apiVersion: 2,
    name: "bytes",
    description: "Bytes at hand.",
    schemes: ["bytes"],
    async open(uri, signal) {
      signal?.throwIfAborted();
      if (!uri.startsWith("bytes://")) throw unreadable("that", "its scheme is another", "use bytes://");
      const bytes = made.get(uri);
      if (bytes === undefined) throw missing(uri);
      return byteSource(uri, bytes);
    },
  },
  async make(bytes) {
    const uri = `bytes://${made.size}`;
    made.set(uri, bytes);
    return uri;
  },
  missing: async () => "bytes://nothing",
});

it("names in its errors what it was named", async () => {
  await expect(
    byteSource("granule.h5", new Uint8Array(3)).read([{ start: 0, stop: 4 }]),
  ).rejects.toMatchObject({
    code: "GRANULE_RANGE",
    path: "granule.h5",
  });
});
