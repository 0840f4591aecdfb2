/** Every code that this package throws. */
export const codes = {} as const;
