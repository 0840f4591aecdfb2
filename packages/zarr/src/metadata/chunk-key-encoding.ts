/** Where the chunks of an array are stored. Zarr 3 core specification, section "Chunk key encoding". */
import type { ExactJson } from "./exact-json.js";
import { configurationOf, nameOf } from "./metadata-fields.js";

/** The key of a chunk below its array, by its number along each dimension. */
export type ChunkKey = (index: readonly number[]) => string;

/** What `chunk_key_encoding` says; undefined for an encoding that is not known. */
export function chunkKeyEncoding(encoding: ExactJson | undefined): ChunkKey | undefined {
  const { separator } = configurationOf(encoding);
  const between = typeof separator === "string" ? separator : undefined;
  switch (nameOf(encoding)) {
    case "default":
      return (index) => ["c", ...index].join(between ?? "/");
    case "v2":
      return (index) => (index.length === 0 ? "0" : index.join(between ?? "."));
    default:
      return undefined;
  }
}
