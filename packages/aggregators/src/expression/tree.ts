/** The syntax tree of an expression. */

interface Node {
  /** Where it begins (or its operator stands) in the text, from 0. */
  readonly at: number;
  /** Levels of the tree from here down. */
  readonly depth: number;
}

export type Tree =
  | (Node & { readonly kind: "number"; readonly value: number; readonly integer: boolean })
  | (Node & { readonly kind: "string"; readonly value: string })
  | (Node & { readonly kind: "constant"; readonly value: boolean | null })
  | (Node & { readonly kind: "name"; readonly name: string })
  | (Node & { readonly kind: "attribute"; readonly object: Tree; readonly name: string })
  | (Node & { readonly kind: "call"; readonly callee: Tree; readonly args: readonly Argument[] })
  | (Node & { readonly kind: "subscript"; readonly object: Tree; readonly index: Tree })
  | (Node & { readonly kind: "slice"; readonly parts: readonly (Tree | null)[] })
  | (Node & { readonly kind: "tuple" | "list"; readonly items: readonly Tree[] })
  | (Node & { readonly kind: "unary"; readonly operator: string; readonly operand: Tree })
  | (Node & { readonly kind: "binary"; readonly operator: string; readonly left: Tree; readonly right: Tree })
  | (Node & {
      readonly kind: "boolean";
      readonly operator: "and" | "or";
      readonly left: Tree;
      readonly right: Tree;
    })
  | (Node & {
      readonly kind: "compare";
      readonly operators: readonly string[];
      readonly operands: readonly Tree[];
    })
  | (Node & { readonly kind: "conditional"; readonly test: Tree; readonly yes: Tree; readonly no: Tree });

/** One argument of a call. */
export interface Argument {
  /** Null for a positional one. */
  readonly name: string | null;
  readonly value: Tree;
  readonly at: number;
}

export type TreeOf<K extends Tree["kind"]> = Extract<Tree, { readonly kind: K }>;
