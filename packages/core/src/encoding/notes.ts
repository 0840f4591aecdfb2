/** What people are told of how a dataset is decoded. */
import type { Warning } from "../errors.js";
import type { DatasetInfo } from "../reader.js";
import type { DatasetEncoding } from "./dataset-encoding.js";
import type { DecodingPolicy } from "./decoding.js";

/**
 * Warnings about one dataset; none for most. They name it as the configuration does, so that those of many granules are the same.
 * @param dataset its path template
 * @param masks whether it makes a difference where the dataset is used that missing numbers are told apart, or become NaN
 */
export function decodingNotes(
  dataset: string,
  { fillValue, encoding }: DatasetInfo,
  { decode }: DecodingPolicy,
  masks: boolean,
): readonly Warning[] {
  if (decode === "raw") return [];
  const ignored = (encoding?.problems ?? [])
    .filter(({ fatal }) => !fatal)
    .map(({ attribute, what }): Warning => ({
      code: "DATASET_ENCODING_IGNORED",
      path: dataset,
      what: `${attribute} of ${dataset} ${what}`,
      why: "it should say how the numbers of the dataset are stored; as it stands it counts as not there",
      mend: "mend the files, or set data_source.decode to raw if the stored numbers are meant",
      details: { dataset, attribute },
    }));
  if (decode === "cf") return ignored;
  const marks = [...(fillValue === null ? [] : [fillValue]), ...(encoding?.missing ?? [])];
  const changes = [
    ...changesOf(encoding),
    ...(masks ? [`${marks.join(", ")} ${marks.length > 1 ? "are" : "is"} missing`] : []),
  ];
  if (changes.length === 0) return ignored;
  return [
    {
      code: "DATASET_DECODED",
      path: dataset,
      what: `the numbers of ${dataset} are decoded: ${changes.join(", ")}`,
      why: "its attributes say so, and data_source.decode says nothing; earlier versions took them as they are stored",
      mend: "set data_source.decode to cf if values are meant, or to raw to take the stored numbers as before",
      details: { dataset },
    },
    ...ignored,
  ];
}

/** Of a coordinate of points, whose fill value was no place in earlier versions. */
export function coordinateNotes(
  dataset: string,
  info: DatasetInfo,
  policy: DecodingPolicy,
): readonly Warning[] {
  return decodingNotes(dataset, info, policy, (info.encoding?.missing.length ?? 0) > 0);
}

function changesOf(encoding: DatasetEncoding | undefined): readonly string[] {
  if (encoding === undefined) return [];
  const { sign, packing } = encoding;
  return [
    ...(sign === null ? [] : [`they are ${sign}`]),
    ...(packing === null ? [] : [`a value is the number × ${packing.scale} + ${packing.offset}`]),
  ];
}
