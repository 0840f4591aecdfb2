export type { CompiledExpression, ExpressionContext, ExpressionMask } from "./expression/expression.js";
export type { Rank } from "./expression/value.js";

export { builtins } from "./builtins.js";
export { expressionFilter } from "./expression-filter.js";
export type { ArrayExpression } from "./expression/array/array-expression.js";
export type { NdArray } from "./expression/array/nd-array.js";
export { compileArrayExpression, compileExpression, expressionMask } from "./expression/expression.js";
export { codes } from "./codes.js";
