import type { Source } from "./path.ts";

/** What one value or group of values becomes. `text` is the rule as given, for messages. */
export interface Rule {
  readonly text: string;
  readonly source: Source;
  readonly target: EnvTarget | FileTarget;
  /** Missing is fatal for this rule alone. */
  readonly required: boolean;
  /** Used, without a word, when the parameter is missing. */
  readonly fallback: string | undefined;
  /** The value is base64: decode it. */
  readonly base64: boolean;
  /** Take this member of a JSON value. */
  readonly member: string | undefined;
  /** Parameters that a wildcard takes and leaves, by the part of their name below the path or by their last segment; `*` matches anything. */
  readonly only: readonly string[];
  readonly except: readonly string[];
}

export interface EnvTarget {
  readonly kind: "env";
  /** The variable's name, instead of one made from the parameter's. */
  readonly name: string | undefined;
  readonly prefix: string;
  readonly entirePath: boolean;
  readonly keepCase: boolean;
  /** Replace every `from` of the made name by `to`. */
  readonly replace: { readonly from: string; readonly to: string } | undefined;
  /** The value is a JSON object whose members become variables. */
  readonly json: boolean;
  /** The caller's own variable of that name holds the reference to this value, so it is no value to keep. */
  readonly replacesReference: boolean;
}

export interface FileTarget {
  readonly kind: "file";
  readonly path: string;
  /** Permission bits. */
  readonly mode: number;
  /** Number or name of the owner, unchanged when undefined. */
  readonly uid: string | undefined;
  readonly gid: string | undefined;
  readonly makeParents: boolean;
}
