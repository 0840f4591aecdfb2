/** How the names of a product's granules are read. */

/** The rule of a product: data, so that another product is another rule. */
export interface ProductRule {
  /**
   * Finds a name in an id. Its groups: `product`; `start`, UTC as YYYYMMDDhhmmss; `place`, which tells scenes of one start apart;
   * `version` and `revision`, digits that grow when a granule is processed anew.
   */
  readonly name: RegExp;
  /** The longest time that a granule covers, milliseconds. */
  readonly longestMs: number;
}

/** ICESat-2: track, cycle and region are the place; a granule covers one orbit at most, 94.3 minutes. */
export const icesat2: ProductRule = {
  name: /(?:^|[^A-Z0-9])(?<product>ATL\d\d(?:-\d\d)?)_(?<start>\d{14})_(?<place>\d{8})_(?<version>\d{3})_(?<revision>\d\d)(?![0-9])/,
  longestMs: 95 * 60_000,
};
