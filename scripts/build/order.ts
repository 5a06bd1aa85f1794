import { execFile } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { dirname, join } from "node:path";
import { compile } from "./compile.ts";
import type { Executable } from "./targets.ts";

/** A page of GetParametersByPath. */
const page = (more: object): string =>
  JSON.stringify({
    Parameters: [{ Name: "/prod/A", Value: "a", Type: "String", Version: 1, ARN: "arn:aws:ssm:us-east-1:1:parameter/prod/A" }],
    ...more,
  });

/** Run a usual start of ssmwrap: two pages, then a program that the system refuses, so that the runtime comes to its own end. */
async function tryStart(ssmwrap: string, program: string, env: Readonly<Record<string, string>>): Promise<void> {
  let pages = 0;
  const server = createServer((_, response) => response.end(page(pages++ === 0 ? { NextToken: "2" } : {}))).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const aws = { AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`, AWS_REGION: "us-east-1", AWS_ACCESS_KEY_ID: "a", AWS_SECRET_ACCESS_KEY: "b" };
  const ended = Promise.withResolvers<void>();
  execFile(ssmwrap, ["-paths=/prod/", "--", program], { env: { ...aws, ...env } }, () => ended.resolve());
  await ended.promise;
  server.close().closeAllConnections();
}

/**
 * The order in which a start of ssmwrap uses its bytecode, as the runtime writes it; laid out so, it is read in one go.
 * Measured with Bun 1.4.5, together with `joinStart`: a twentieth less for a start. Gives the file, the same for every target; undefined for a program that runs long.
 */
export async function startOrder(bun: string, { shortLived = false }: Executable, entry: string): Promise<string | undefined> {
  if (!shortLived) return undefined;
  const folder = dirname(entry);
  const [ssmwrap, program, order] = [join(folder, "trial"), join(folder, "refused"), join(folder, "order")];
  await compile(bun, { entry, outfile: ssmwrap, shortLived });
  await writeFile(program, "\x01", { mode: 0o755 });
  await tryStart(ssmwrap, program, { BUN_BYTECODE_ORDER_OUT: order });
  return order;
}
