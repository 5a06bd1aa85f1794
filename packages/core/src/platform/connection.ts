/** Who hears what comes out of a connection. */
export interface Listener {
  data(bytes: Buffer): void;
  /** Nothing comes any more, because of an error or because the other side said so. May be told more than once. */
  end(error?: unknown): void;
}

/** A connection, encrypted or not, that may still be on its way: what is sent before it stands waits, and an error is told to the listener. */
export interface Connection {
  listener: Listener;
  /** Whether something can still be sent. */
  readonly isOpen: boolean;
  send(bytes: Uint8Array): void;
  /** Close it at once, without telling the listener. */
  destroy(): void;
  /** Whether the process stays for it. */
  hold(isHeld: boolean): void;
}

/** Open a connection to where a URL leads. Over https it stands once the certificate proved to be one that `ca` (else the runtime) trusts, and one for that host. */
export type Connect = (url: URL, ca: string | undefined) => Connection;

/** A URL's host as the system wants it: an IPv6 address without its brackets. */
export const hostOf = ({ hostname }: URL): string => (hostname.startsWith("[") ? hostname.slice(1, -1) : hostname);
export const portOf = ({ protocol, port }: URL): number => Number(port || (protocol === "https:" ? 443 : 80));

const nothing = (): void => {};
export const nobody: Listener = { data: nothing, end: nothing };
