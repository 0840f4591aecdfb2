/** What the names of granules say, by the rule of their product. */

import { icesat2, type ProductRule } from "@zagg/core/internal";

/** A name such as `ATL06_20181023144337_03810112_006_01.h5`, read. */
export interface GranuleName {
  /** What of the name stays when a granule is processed anew: product, start, and track, cycle and region. */
  readonly scene: string;
  /** Version and revision as one number that grows with both. */
  readonly version: number;
  /** Start of its data, milliseconds since 1970. */
  readonly startMs: number;
}

/** The parts of an id that is or holds the name of a granule of the product; undefined for others. */
export function parseGranuleName(id: string, rule: ProductRule = icesat2): GranuleName | undefined {
  const { product, start, place, version, revision } = rule.name.exec(id)?.groups ?? {};
  if (product === undefined || start === undefined) return undefined;
  const startMs = Date.parse(start.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/, "$1-$2-$3T$4:$5:$6Z"));
  if (Number.isNaN(startMs)) return undefined;
  return {
    scene: `${product}_${start}_${place}`,
    version: 100 * Number(version) + Number(revision),
    startMs,
  };
}

/** Granules of which a map has more than one version. */
export interface GranuleVersions {
  /** Ids of an older version or revision, and the newest one that the map has as well. */
  readonly superseded: readonly { readonly id: string; readonly by: string }[];
  /** Ids that name one version of one granule. */
  readonly duplicates: readonly (readonly string[])[];
}

/** Compares the names of distinct ids; ids that are no names of the product are passed over. */
export function granuleVersions(ids: Iterable<string>, rule?: ProductRule): GranuleVersions {
  const scenes = new Map<string, { id: string; version: number }[]>();
  for (const id of ids) {
    const name = parseGranuleName(id, rule);
    if (name === undefined) continue;
    const entry = { id, version: name.version };
    const others = scenes.get(name.scene);
    if (others === undefined) scenes.set(name.scene, [entry]);
    else others.push(entry);
  }
  const superseded: { id: string; by: string }[] = [];
  const duplicates: string[][] = [];
  for (const entries of scenes.values()) {
    if (entries.length < 2) continue;
    const newest = entries.reduce((best, entry) => (entry.version > best.version ? entry : best));
    for (const { id, version } of entries) {
      if (version < newest.version) superseded.push({ id, by: newest.id });
    }
    for (const version of new Set(entries.map((entry) => entry.version))) {
      const same = entries.filter((entry) => entry.version === version).map(({ id }) => id);
      if (same.length > 1) duplicates.push(same);
    }
  }
  return { superseded, duplicates };
}
