import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { testCaCertificate } from "./test-certificate.ts";

/** The test authority's certificate as a file for AWS_CA_BUNDLE and SSL_CERT_FILE, written at its first mention. */
export interface CaFile {
  readonly path: string;
  remove(): void;
}

export function createCaFile(): CaFile {
  let folder: string | undefined;
  return {
    get path() {
      if (folder === undefined) {
        folder = mkdtempSync(join(tmpdir(), "rehearsal-"));
        writeFileSync(join(folder, "ca.pem"), testCaCertificate);
      }
      return join(folder, "ca.pem");
    },
    remove() {
      if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}
