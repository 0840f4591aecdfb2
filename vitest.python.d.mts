/** @returns the interpreter; null when there is none, which is said on standard error, and fails where Python is required */
export function pythonWith(...modules: string[]): string | null;
