/** Codes of the errors that this package throws, and when it throws them. */
export const codes = {
  AGGREGATOR_SHAPE: "a field has a shape that its aggregator does not fill",
  AGGREGATOR_SOURCE: "a field that needs a source column names none, or one that there is not",
  DIGEST_LOSSY: "single values are asked of a t-digest whose centroids stand for several",
  DIGEST_WINDOW: "the values of t-digests do not fit the axis of a tensor",
  EXPRESSION_ARGUMENT:
    "a function of an expression is called with an argument too many, missing, unknown or out of range",
  EXPRESSION_LIMIT: "an expression is too long, too deeply nested, or holds an integer beyond 2^53",
  EXPRESSION_NAME: "an expression uses a name that is neither a column nor a known function or constant",
  EXPRESSION_RANK: "an expression gives a value per row where one per cell is needed, or the reverse",
  EXPRESSION_SHAPE:
    "arrays of an expression have shapes that do not fit together, or that the field does not hold",
  EXPRESSION_SYNTAX: "an expression is not well-formed",
  EXPRESSION_TYPE: "an operator or function of an expression does not take values of that type",
  EXPRESSION_UNSUPPORTED: "an expression uses Python syntax that is understood but not supported",
  EXPRESSION_VALUE: "an expression divides constants by zero, or takes an integer to a negative power",
} as const;
