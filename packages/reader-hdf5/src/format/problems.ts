/** Why a file cannot be read. */

/** The bytes are not what the format says they should be. */
export class Damage extends Error {}

/** The bytes may be right, but this walk does not know the feature that they use. */
export class Unsupported extends Error {}

/** A filter that is not here. */
export class UnknownFilter extends Unsupported {}

/** Numbers of a type that is not converted. */
export class UnsupportedType extends Unsupported {}

/** A layout that HDF5 itself can read. */
export class UnsupportedLayout extends Unsupported {}
