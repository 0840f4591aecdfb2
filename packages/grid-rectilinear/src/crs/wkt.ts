/** What has to be known of WKT beyond what proj4 reads from it. */

/** Whether a definition is WKT: a keyword and a bracket. */
export function isWkt(definition: string): boolean {
  return /^\s*[A-Z_0-9]+\s*\[/i.test(definition);
}

/** The EPSG code that WKT ends with, as `AUTHORITY["EPSG","n"]` (WKT1) or `ID["EPSG",n]` (WKT2). */
export function epsgCodeOfWkt(wkt: string): number | undefined {
  const code = /\b(?:AUTHORITY|ID)\s*\[\s*"EPSG"\s*,\s*"?(\d+)"?\s*\]\s*\]\s*$/i.exec(wkt)?.[1];
  return code === undefined ? undefined : Number(code);
}

/** Esri's name for the northern polar stereographic projection, which proj4 takes for the oblique one. */
const ESRI_NORTH = /PROJECTION\s*\[\s*"Stereographic_North_Pole"\s*\]/i;
const ESRI_PARALLEL = /PARAMETER\s*\[\s*"Standard_Parallel_1"/i;

/** WKT in words that proj4 understands. */
export function plainWkt(wkt: string): string {
  if (!ESRI_NORTH.test(wkt)) return wkt;
  return wkt
    .replace(ESRI_NORTH, 'PROJECTION["Polar_Stereographic"]')
    .replace(ESRI_PARALLEL, 'PARAMETER["latitude_of_origin"');
}
