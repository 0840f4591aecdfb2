/** The errors of this package. */
import { ReaderError } from "@zagg/core";

/** @param shown the path or URI, without anything secret */
export function unreadable(shown: string, why: string, mend: string, cause?: unknown): ReaderError {
  return new ReaderError("GRANULE_UNREADABLE", {
    what: `the granule ${shown} cannot be opened`,
    why,
    mend,
    path: shown,
    ...(cause === undefined ? {} : { cause }),
  });
}

export function notHdf5(file: string, why: string, mend: string, cause?: unknown): ReaderError {
  return new ReaderError("GRANULE_FORMAT", {
    what: `${file} is not a whole HDF5 file`,
    why,
    mend,
    path: file,
    ...(cause === undefined ? {} : { cause }),
  });
}

export function missing(file: string, path: string): ReaderError {
  return new ReaderError("DATASET_MISSING", {
    what: `${file} has no numeric dataset ${path}`,
    why: "only what `describeMany` finds can be read",
    mend: "correct the path in the config, or leave this group out",
    path: file,
    details: { dataset: path },
  });
}

/** @param why begins with what the numbers are */
export function unconvertible(file: string, path: string, why: string): ReaderError {
  return new ReaderError("DATASET_TYPE", {
    what: `the numbers of ${path} of ${file} are not of a type, or not in a place, that is read`,
    why,
    mend: "rewrite the dataset as plain integers or floats in this file, or leave it out",
    path: file,
    details: { dataset: path },
  });
}

export function misshapen(file: string, path: string, why: string, mend: string): ReaderError {
  return new ReaderError("DATASET_SHAPE", {
    what: `${path} of ${file} cannot be read that way`,
    why,
    mend,
    path: file,
    details: { dataset: path },
  });
}

export function imprecise(file: string, path: string, row: number): ReaderError {
  return new ReaderError("DATASET_PRECISION", {
    what: `${path} of ${file} holds an integer beyond 2^53 in row ${row}`,
    why: "64-bit integers are asked for as doubles, which would round it",
    mend: "read it with `readExact`, which gives 64-bit integers as they are, or leave the dataset out",
    path: file,
    details: { dataset: path, row },
  });
}

export function noFilter(file: string, path: string, reason: string): ReaderError {
  return new ReaderError("DATASET_FILTER", {
    what: `${path} of ${file} cannot be decompressed`,
    why: reason,
    mend: "rewrite the file with gzip, for example by `h5repack -f GZIP=4`",
    path: file,
    details: { dataset: path },
  });
}

/** @param reasons what HDF5 says, outermost first */
export function corrupt(
  file: string,
  path: string,
  reasons: readonly string[],
  cause?: unknown,
): ReaderError {
  const reason = reasons.at(-1);
  return new ReaderError("GRANULE_CORRUPT", {
    what: `${path} of ${file} cannot be read`,
    why: reason === undefined ? "the file is damaged there" : `the file is damaged there (${reason})`,
    mend: "fetch the granule again",
    path: file,
    details: { dataset: path },
    ...(cause === undefined ? {} : { cause }),
  });
}
