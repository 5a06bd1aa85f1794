/**
 * The machine's instructions. Operands follow in the code; `[a b -> c]` is what happens on the stack.
 * The numbers are repeated as literals in `machine/run.ts`, because V8 makes a jump table only from literal cases.
 */
export const op = {
  /** value number: [-> value] */
  value: 0,
  /** variable of the own environment: [-> value], evaluated */
  own: 1,
  /** environments up, variable: [-> value], evaluated */
  variable: 2,
  /** environments up, variable: [-> slot], as it is */
  slot: 3,
  /** unit number: [-> thunk] */
  thunk: 4,
  /** variable: [slot ->] */
  store: 5,
  /** function number: [-> function] */
  closure: 6,
  /** call number: [function slots... -> value] */
  call: 7,
  /** call number: the same, in place of the running function */
  tailCall: 8,
  /** [value ->] to the caller */
  return: 9,
  /** name number: [object -> value] */
  field: 10,
  /** [target index -> value] */
  index: 11,
  /** target */
  jump: 12,
  /** target when false: [boolean ->] */
  branch: 13,
  /** target when false: [boolean -> boolean] when jumping, else [boolean ->] */
  and: 14,
  /** target when true, in the same way */
  or: 15,
  /** [boolean -> boolean] or an error */
  boolean: 16,
  add: 17,
  subtract: 18,
  multiply: 19,
  divide: 20,
  modulo: 21,
  less: 22,
  greater: 23,
  lessOrEqual: 24,
  greaterOrEqual: 25,
  equal: 26,
  notEqual: 27,
  bitAnd: 28,
  bitOr: 29,
  bitXor: 30,
  shiftLeft: 31,
  shiftRight: 32,
  in: 33,
  not: 34,
  negate: 35,
  plus: 36,
  bitNot: 37,
  /** object number: [computed names... -> object] */
  object: 38,
  /** count: [slots... -> array] */
  array: 39,
  /** environments up: [-> object] */
  self: 40,
  /** environments up: [name -> value], of the object's layers below the running one */
  superField: 41,
  /** environments up: [name -> boolean] */
  inSuper: 42,
  /** environments up: [name -> value or nothing], for `+:` */
  inherited: 43,
  /** [inherited value -> value] */
  extend: 44,
  /** [message -> ] */
  error: 45,
  /** [target from to step -> value] */
  slice: 46,
  /** [array -> array] or an error */
  iterate: 47,
  /** target when done, variables of the round: [array n -> array n+1], or [array n ->] when done */
  next: 48,
  /** loops around: [list ... slot -> list ...], then leaves the round's environment */
  collect: 49,
  /** loops around: [list ... name -> list ...], keeps the environment with the name, then leaves it */
  collectField: 50,
  /** back to the surrounding environment */
  leave: 51,
  /** object number: [list -> object] */
  objectFromList: 52,
  /** name number: [-> value] */
  import: 53,
  importstr: 54,
  importbin: 55,
  /** [array n -> array], its elements from n on evaluated in place */
  evaluateAll: 56,
  /** what a thunk is while it is evaluated: whoever comes back to it goes round in circles */
  endless: 57,
} as const;
