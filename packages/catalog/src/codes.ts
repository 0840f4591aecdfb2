/** Every code that this package throws or warns with. */
export const codes = {} as const;
