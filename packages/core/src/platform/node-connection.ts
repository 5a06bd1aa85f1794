import type { Socket } from "node:net";
import { type Connect, type Connection, hostOf, nobody, portOf } from "./connection.ts";

function open(url: URL, ca: string | undefined): Socket {
  const where = { host: hostOf(url), port: portOf(url) };
  // Loaded with the first request; a bundled import() would copy the module's exports each time, half a millisecond.
  const { connect: connectPlain, isIP } = process.getBuiltinModule("node:net");
  if (url.protocol !== "https:") return connectPlain(where);
  return process.getBuiltinModule("node:tls").connect({
    ...where,
    // A name, to tell the server; the certificate is checked against the host in any case.
    ...(isIP(where.host) === 0 ? { servername: where.host } : {}),
    ALPNProtocols: ["http/1.1"],
    // NODE_TLS_REJECT_UNAUTHORIZED is meant for the program, if anybody.
    rejectUnauthorized: true,
    ...(ca === undefined ? {} : { ca }),
  });
}

/** A connection by Node. */
export const connect: Connect = (url, ca) => {
  const socket = open(url, ca).setNoDelay(true);
  const connection: Connection = {
    listener: nobody,
    get isOpen() {
      return socket.writable;
    },
    send: (bytes) => void socket.write(bytes),
    destroy: () => void socket.destroy(),
    hold: (isHeld) => void (isHeld ? socket.ref() : socket.unref()),
  };
  const end = (): void => connection.listener.end();
  socket
    .on("data", (bytes) => connection.listener.data(bytes))
    .on("end", end)
    .on("close", end);
  socket.on("error", (error) => connection.listener.end(error));
  return connection;
};
