/** Long reads that end when the user interrupts. */
import { CatalogError } from "@zagg/core";

/** @throws CatalogError `CATALOG_INTERRUPTED` */
export function assertGoingOn(signal: AbortSignal): void {
  if (!signal.aborted) return;
  throw new CatalogError("CATALOG_INTERRUPTED", {
    what: "the reading was interrupted",
    why: "it was told to stop before it had every granule",
    mend: "start it again; nothing was written",
  });
}

/** The batches until then. @throws CatalogError `CATALOG_INTERRUPTED` */
export async function* untilInterrupted<T>(
  batches: AsyncIterable<T>,
  signal: AbortSignal,
): AsyncGenerator<T> {
  for await (const batch of batches) {
    assertGoingOn(signal);
    yield batch;
  }
}
