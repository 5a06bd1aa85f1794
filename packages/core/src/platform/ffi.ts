/** Calls of C functions. The module `bun:ffi` is JavaScript around this object and gives the same; loading that would make a start longer by a fortieth (docs/decisions/0009). */
export const { dlopen, ptr, read, CString: textAt } = Bun.FFI;
