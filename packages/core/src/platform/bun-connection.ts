import { type Connect, type Connection, hostOf, nobody, portOf } from "./connection.ts";

/** A connection by Bun. */
export const connect: Connect = (url, ca) => {
  let socket: Bun.Socket | undefined;
  let stands = false;
  let isHeld = true;
  let unsent: Uint8Array | undefined;
  const flush = (): void => {
    if (!stands || socket === undefined || unsent === undefined) return;
    const sent = socket.write(unsent);
    unsent = sent < unsent.length ? unsent.subarray(Math.max(sent, 0)) : undefined;
  };
  const stand = (): void => {
    stands = true;
    flush();
  };
  const end = (error?: unknown): void => {
    connection.isOpen = false;
    connection.listener.end(error);
  };
  const connection: { -readonly [K in keyof Connection]: Connection[K] } = {
    listener: nobody,
    isOpen: true,
    send(bytes) {
      unsent = bytes;
      flush();
    },
    destroy() {
      connection.isOpen = false;
      socket?.terminate();
    },
    hold(held) {
      isHeld = held;
      if (held) socket?.ref();
      else socket?.unref();
    },
  };
  const isSecure = url.protocol === "https:";
  const hostname = hostOf(url);
  void Bun.connect({
    hostname,
    port: portOf(url),
    // NODE_TLS_REJECT_UNAUTHORIZED is meant for the program, if anybody.
    ...(isSecure && { tls: { ALPNProtocols: "http/1.1", rejectUnauthorized: true, ca } }),
    socket: {
      open(opened) {
        socket = opened;
        if (!connection.isOpen) return void opened.terminate();
        if (!isHeld) opened.unref();
        if (!isSecure) stand();
      },
      // Nothing is sent before the certificate is found good.
      handshake: (_, isGood, error) => (isGood ? stand() : end(error)),
      data: (_, bytes) => connection.listener.data(bytes),
      drain: flush,
      end: () => end(),
      close: (_, error) => end(error),
      error: (_, error) => end(error),
      connectError: (_, error) => end(error),
    },
  });
  return connection;
};
