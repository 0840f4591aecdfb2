/** Which part of a dataset is wanted, and how parts of chunks are copied into it. */

/** A block of elements: from `start` on, `count` of them in each dimension. */
export interface Selection {
  readonly start: readonly number[];
  readonly count: readonly number[];
}

/** Calls with the place of each chunk that a selection touches and that is there, and its index in every dimension. */
export function chunksOf<Chunk>(
  { start, count }: Selection,
  chunkShape: readonly number[],
  chunkCounts: readonly number[],
  table: ReadonlyMap<number, Chunk>,
  found: (place: number, scaled: readonly number[], chunk: Chunk) => void,
): void {
  if (count.some((extent) => extent === 0)) return;
  const rank = start.length;
  const first = start.map((from, i) => Math.floor(from / chunkShape[i]!));
  const last = start.map((from, i) => Math.floor((from + count[i]! - 1) / chunkShape[i]!));
  // A huge dataset of which little was written has far fewer chunks than places for them.
  if (first.reduce((product, from, i) => product * (last[i]! - from + 1), 1) > table.size) {
    for (const [place, chunk] of table) {
      const scaled = indexOf(place, chunkCounts);
      if (scaled.every((index, i) => first[i]! <= index && index <= last[i]!)) found(place, scaled, chunk);
    }
    return;
  }
  const scaled = [...first];
  for (;;) {
    const place = scaled.reduce((number, index, i) => number * chunkCounts[i]! + index, 0);
    const chunk = table.get(place);
    if (chunk !== undefined) found(place, [...scaled], chunk);
    let i = rank - 1;
    while (i >= 0 && scaled[i] === last[i]) {
      scaled[i] = first[i]!;
      i--;
    }
    if (i < 0) return;
    scaled[i]!++;
  }
}

function indexOf(place: number, chunkCounts: readonly number[]): readonly number[] {
  const scaled = new Array<number>(chunkCounts.length);
  let left = place;
  for (let i = chunkCounts.length - 1; i >= 0; i--) {
    scaled[i] = left % chunkCounts[i]!;
    left = Math.floor(left / chunkCounts[i]!);
  }
  return scaled;
}

/** A block of elements in row-major order: where it begins in the dataset, and how far it reaches. */
export interface Block {
  readonly from: readonly number[];
  readonly extent: readonly number[];
}

/** Copies elements that lie one behind the other in both blocks, from one place to another. */
export type CopyRun = (source: number, target: number, count: number) => void;

/** Copies what two blocks have in common, run by run; places count elements from the start of each block. */
export function copyCommon(from: Block, to: Block, copyRun: CopyRun): void {
  const rank = from.from.length;
  const low = from.from.map((at, i) => Math.max(at, to.from[i]!));
  const counts = from.from.map(
    (at, i) => Math.min(at + from.extent[i]!, to.from[i]! + to.extent[i]!) - low[i]!,
  );
  if (counts.some((count) => count <= 0)) return;
  // Dimensions that both blocks have whole and alike run on in both: they are copied as one.
  let inner = rank - 1;
  let run = counts[inner] ?? 1;
  while (inner > 0 && counts[inner] === from.extent[inner] && counts[inner] === to.extent[inner]) {
    inner--;
    run *= counts[inner]!;
  }
  const fromStrides = strides(from.extent);
  const toStrides = strides(to.extent);
  const at = new Array<number>(Math.max(0, inner)).fill(0);
  let source = low.reduce((sum, index, i) => sum + (index - from.from[i]!) * fromStrides[i]!, 0);
  let target = low.reduce((sum, index, i) => sum + (index - to.from[i]!) * toStrides[i]!, 0);
  for (;;) {
    copyRun(source, target, run);
    let i = inner - 1;
    while (i >= 0 && ++at[i]! === counts[i]) {
      at[i] = 0;
      source -= (counts[i]! - 1) * fromStrides[i]!;
      target -= (counts[i]! - 1) * toStrides[i]!;
      i--;
    }
    if (i < 0) return;
    source += fromStrides[i]!;
    target += toStrides[i]!;
  }
}

function strides(extent: readonly number[]): readonly number[] {
  const out = new Array<number>(extent.length).fill(1);
  for (let i = extent.length - 2; i >= 0; i--) out[i] = out[i + 1]! * extent[i + 1]!;
  return out;
}
