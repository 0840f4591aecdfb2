/** Every code that this package throws. */
export const codes = {
  GRANULE_CHANGED: "A granule is no longer what it was when it was opened.",
  GRANULE_MISSING: "There is no granule at the given place.",
  GRANULE_RANGE: "Bytes are asked for that lie beyond the end of a granule.",
  GRANULE_UNREADABLE:
    "A granule exists but cannot be opened or read, is no regular file, or its URI names none.",
} as const;
