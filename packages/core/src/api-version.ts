/** The version of the plugin contracts that this package declares, and the only one that a registry takes. */
export const API_VERSION = 2;
