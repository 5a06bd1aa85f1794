/** A request after the wire layer has checked it: required members are there, however deep they lie. */
export type Decoded<T> = T extends string | number | boolean | bigint | Date | Uint8Array | undefined
  ? T
  : T extends readonly (infer Element)[]
    ? readonly Decoded<Element>[]
    : { readonly [Member in keyof T]: object extends Pick<T, Member> ? Decoded<T[Member]> : Decoded<Exclude<T[Member], undefined>> };
