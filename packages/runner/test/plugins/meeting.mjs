/** A reader whose granules may have to meet: `table://made/3/1?room=<folder>&of=2&as=0` opens when two are in the room. */
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ReaderError } from "@zagg/core";

const PATIENCE_MS = 8000;

/** @param {import("@zagg/core").GranuleReader} reader @returns {import("@zagg/core").GranuleReader} */
export function meetingReader(reader) {
  return {
    ...reader,
    open: async (source, ...rest) => {
      const [uri = "", query = ""] = source.uri.split("?");
      const room = new URLSearchParams(query);
      if (room.has("room"))
        await meet(String(room.get("room")), Number(room.get("of")), String(room.get("as")));
      return reader.open({ ...source, uri }, ...rest);
    },
  };
}

/** @param {string} folder @param {number} of @param {string} as */
async function meet(folder, of, as) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, as), "");
  const startedMs = performance.now();
  while (readdirSync(folder).length < of) {
    if (performance.now() - startedMs > PATIENCE_MS) {
      throw new ReaderError("GRANULE_ALONE", { what: `${as} of ${of}`, why: "nobody came", mend: "wait" });
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
