import type { Random } from "../../random.ts";
import { AwsError } from "../../wire/aws-error.ts";
import type { Caller } from "../../wire/caller.ts";

/** Temporary credentials that this world handed out. */
export interface Session {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  /** Real time, as clients compare it with their own clocks. */
  readonly expiration: Date;
  readonly caller: Caller;
}

export interface SessionStore {
  /** `minimumTokenSize` is in bytes. */
  issue(whom: Omit<Caller, "accessKeyId">, durationMs: number, minimumTokenSize?: number): Session;
  /**
   * Whom a request's key belongs to. Keys that nobody issued here are taken for the account's user `rehearsal`: form is checked, not the key.
   * Throws ExpiredTokenException or UnrecognizedClientException for issued keys that are past their time or come without their token.
   */
  identify(accessKeyId: string, sessionToken: string | undefined): Caller;
}

const CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
/** Real keys and tokens carry slashes and pluses, which bad encoders trip over. */
const BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

export function createSessionStore(account: string, partition: string, random: Random, realNow: () => number = Date.now): SessionStore {
  const sessions = new Map<string, Session>();
  return {
    issue(whom, durationMs, minimumTokenSize = 0) {
      const accessKeyId = `ASIA${random.text(16, CAPITALS)}`;
      // Whole seconds, as AWS writes expirations without a fraction.
      const expiration = new Date(Math.floor((realNow() + durationMs) / 1000) * 1000);
      const session: Session = {
        accessKeyId,
        secretAccessKey: random.text(40, BASE64),
        sessionToken: `IQoJb3JpZ2luX2VjE${random.text(Math.max(343, minimumTokenSize - 19), BASE64)}==`,
        expiration,
        caller: { ...whom, accessKeyId },
      };
      sessions.set(accessKeyId, session);
      return session;
    },
    identify(accessKeyId, sessionToken) {
      const session = sessions.get(accessKeyId);
      if (session === undefined) {
        return { arn: `arn:${partition}:iam::${account}:user/rehearsal`, userId: "AIDAREHEARSALREHEARSA", account, accessKeyId };
      }
      if (session.sessionToken !== sessionToken) {
        throw new AwsError("UnrecognizedClientException", "The security token included in the request is invalid.");
      }
      if (realNow() >= session.expiration.getTime()) {
        throw new AwsError("ExpiredTokenException", "The security token included in the request is expired");
      }
      return session.caller;
    },
  };
}
