export type { Moc } from "./moc/moc.js";
export type { MocCells, MocLevel } from "./moc/cells.js";
export type { MocFitsOrdering } from "./moc/fits.js";

export { emptyMoc, fullMoc, mocCellCount, mocFromRanges, mocSkyFraction, mocsEqual } from "./moc/moc.js";
export { mocFromNested } from "./moc/from-cells.js";
export { mocFromRegion } from "./moc/from-region.js";
export { flatMortonWords, mocFromMortonWords, mortonWordsFromMoc } from "./moc/words.js";
export { mocCells, mocLevels, nestedFromMoc } from "./moc/cells.js";
export { complementMoc, intersectMocs, subtractMocs, uniteMocs, xorMocs } from "./moc/algebra.js";
export { coarsenMoc } from "./moc/coarsen.js";
export { locateInMoc } from "./moc/points.js";
export { formatMocAscii, parseMocAscii } from "./moc/ascii.js";
export { formatMocJson, parseMocJson } from "./moc/json.js";
export { decodeMocFits, encodeMocFits } from "./moc/fits.js";
