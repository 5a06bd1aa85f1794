import type { Env } from "../context.ts";
import { ToolError } from "../error.ts";
import { platform } from "../platform/index.ts";

/**
 * Certificates to trust instead of the runtime's own: the file of AWS_CA_BUNDLE (aws-cli, SDKs), else of SSL_CERT_FILE (Go, OpenSSL).
 * Undefined when neither is set, or when SSL_CERT_FILE names no file: Go goes on with the system's directories then.
 */
export function caBundle(env: Env): string | undefined {
  const variable = env["AWS_CA_BUNDLE"] ? "AWS_CA_BUNDLE" : "SSL_CERT_FILE";
  const path = env[variable];
  if (!path) return undefined;
  const hint = "point it at a file of PEM certificates, or unset it";
  let pem: string;
  try {
    pem = platform.readText(path);
  } catch (cause) {
    if (variable === "SSL_CERT_FILE" && cause instanceof Error && "code" in cause && cause.code === "ENOENT") return undefined;
    throw new ToolError("NO_CA_BUNDLE", `${variable}: cannot read ${path}`, { hint, cause });
  }
  if (pem.includes("-----BEGIN CERTIFICATE-----")) return pem;
  throw new ToolError("NO_CA_BUNDLE", `${variable}: ${path} holds no certificate`, {
    hint: "point it at a file of PEM certificates, or unset it",
  });
}
