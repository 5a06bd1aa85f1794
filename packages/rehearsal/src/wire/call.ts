import type { World } from "../world/world.ts";
import type { Caller } from "./caller.ts";

/** How an entry of a batch fails; the action decides what is left open. */
interface EntryFailure {
  readonly code?: string | undefined;
  readonly message?: string | undefined;
}

/** What an action knows about the request beside its input. */
export interface Call {
  readonly world: World;
  /** The region that the request is signed for. */
  readonly region: string;
  readonly caller: Caller;
  readonly requestId: string;
  /** Fires when the client has gone or the world stops: what is left of a stream of events is nobody's any more. */
  readonly signal: AbortSignal;
  /** True when an `empty-page` fault wants this page empty, with a token that goes on from the same place. */
  readonly wantsEmptyPage: boolean;
  /** True when an `expired-iterator` fault makes the caller's iterator an old one. */
  readonly wantsExpiredIterator: boolean;
  /** The entries of a batch of `count` that a `partial` fault lets fail, by place, with the code and text it asks for; none without such a fault. */
  pickFailures(count: number): ReadonlyMap<number, EntryFailure>;
  /**
   * Refuse the call with AWS's sentence when the world denies `action` on `resource` (an ARN).
   * `action` is the called action unless the service needs another permission, such as `kms:Decrypt`.
   */
  authorize(resource: string, action?: string): void;
}
