/**
 * Node's own modules, fetched without `import`: that would build a wrapper with all their exports, which costs 4 ms for `node:fs`
 * and as much for `node:util` (measured on 24.21), more than all else that a small program needs.
 */
export const fs = process.getBuiltinModule("node:fs");
export const path = process.getBuiltinModule("node:path");
export const util = process.getBuiltinModule("node:util");
