/** One synthetic granule as an HDF5 file in the layout of ATL06. */
import { rename, rm } from "node:fs/promises";

import { StoreError, openGranule } from "@zagg/core";
import { hdf5 } from "@zagg/reader-hdf5";
import { loadLibrary, type Hdf5Library } from "@zagg/reader-hdf5/internal";
import { fileSource } from "@zagg/sources/file";

import { FILL, type Segments } from "./beam.js";

const CHUNK_ROWS = 10_000;
/** Deflate level: the fastest, as the granules are thrown away. */
const GZIP_LEVEL = 1;
/** GPS seconds of 2018-01-01, from which `delta_time` counts. */
const GPS_EPOCH_SECONDS = 1_198_800_018;

/** A beam by name and its columns. */
export interface BeamSegments {
  readonly beam: string;
  readonly segments: Segments;
}

/**
 * Writes a granule: whole under its name, or not at all.
 * @throws StoreError `CLI_FILE_UNWRITABLE`
 */
export async function writeGranule(path: string, beams: readonly BeamSegments[]): Promise<void> {
  const partial = `${path}.partial`;
  const instance = await loadLibrary();
  try {
    instance.call((library) => writeBeams(library, partial, beams));
    await assertWhole(partial, beams);
    await rename(partial, path);
  } catch (error) {
    // HDF5 keeps a file open that it could not finish.
    instance.abandon();
    throw error;
  } finally {
    await rm(partial, { force: true });
  }
}

function writeBeams({ File }: Hdf5Library, path: string, beams: readonly BeamSegments[]): void {
  const file = new File(path, "w");
  if (file.file_id <= 0n) throw unwritable(path);
  try {
    file.create_attribute("short_name", "ATL06");
    file.create_attribute("title", "Synthetic land-ice heights in the layout of ATL06; not measurements");
    const ancillary = file.create_group("ancillary_data");
    ancillary.create_dataset({ name: "atlas_sdp_gps_epoch", data: Float64Array.of(GPS_EPOCH_SECONDS) });
    for (const { beam, segments } of beams) {
      const group = file.create_group(beam).create_group("land_ice_segments");
      const column = (name: keyof Segments) => {
        const data = segments[name];
        const chunks = [Math.min(CHUNK_ROWS, data.length)];
        return group.create_dataset({ name, data, chunks, compression: GZIP_LEVEL });
      };
      column("latitude");
      column("longitude");
      column("delta_time");
      column("atl06_quality_summary");
      for (const name of ["h_li", "h_li_sigma"] as const) {
        column(name).create_attribute("_FillValue", Float32Array.of(FILL));
      }
    }
  } finally {
    file.close();
  }
}

/** Reads the last rows back: the library keeps quiet about what it could not write. */
async function assertWhole(path: string, beams: readonly BeamSegments[]): Promise<void> {
  try {
    const granule = await openGranule({ source: () => fileSource }, hdf5, path);
    try {
      await granule.readMany(
        beams.map(({ beam, segments: { h_li_sigma: last } }) => ({
          path: `/${beam}/land_ice_segments/h_li_sigma`,
          start: last.length - 1,
          stop: last.length,
        })),
      );
    } finally {
      await granule.close();
    }
  } catch (cause) {
    throw unwritable(path, cause);
  }
}

function unwritable(path: string, cause?: unknown): StoreError {
  return new StoreError("CLI_FILE_UNWRITABLE", {
    what: `${path} cannot be written`,
    why: "the folder is not writable, or the disk is full",
    mend: "name another folder, or make room",
    path,
    ...(cause === undefined ? {} : { cause }),
  });
}
