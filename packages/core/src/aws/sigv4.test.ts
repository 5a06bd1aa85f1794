import { createHash, createHmac } from "node:crypto";
import { SignatureV4 } from "@smithy/signature-v4";
import fc from "fast-check";
import { expect, it } from "vitest";
import { Secret } from "../secret.ts";
import { signV4 } from "./sigv4.ts";

/** The hash interface that the oracle asks for. */
class Sha256 {
  #hash;
  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash =
      secret === undefined
        ? createHash("sha256")
        : createHmac("sha256", typeof secret === "string" ? secret : new Uint8Array(secret as ArrayBuffer));
  }
  update(data: string | Uint8Array): void {
    this.#hash.update(data);
  }
  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }
}

const word = fc.stringMatching(/^[A-Za-z0-9/+=_.~!'()* -]{1,20}$/);
const requests = fc.record({
  method: fc.constantFrom("GET", "POST", "PUT"),
  host: fc.constantFrom("ssm.ap-northeast-1.amazonaws.com", "localhost:4566", "127.0.0.1:80"),
  path: fc.array(fc.stringMatching(/^[A-Za-z0-9 +~*()é%-]{0,8}$/), { maxLength: 4 }),
  // The oracle keeps a query in a plain object, which loses this name.
  query: fc.dictionary(
    word.filter((name) => name !== "__proto__"),
    fc.string({ unit: "grapheme", maxLength: 8 }),
    { maxKeys: 4 },
  ),
  headers: fc.dictionary(fc.stringMatching(/^x-[a-z][a-z0-9-]{0,8}$/), word, { maxKeys: 3 }),
  body: fc.string({ unit: "grapheme" }),
  secret: word,
  token: fc.option(word, { nil: undefined }),
  at: fc.date({ min: new Date("2000-01-01"), max: new Date("2099-01-01"), noInvalidDate: true }),
});

it("signs as the SDK's own signer does", async () => {
  await fc.assert(
    fc.asyncProperty(requests, async ({ method, host, path, query, headers, body, secret, token, at }) => {
      const url = new URL(`http://${host}/${path.map(encodeURIComponent).join("/")}`);
      for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
      const ours = signV4(
        { method, url: url.href, headers, body },
        { accessKeyId: "AKID", secretAccessKey: new Secret(secret), sessionToken: token === undefined ? undefined : new Secret(token) },
        { service: "ssm", region: "ap-northeast-1", at },
      );
      const oracle = new SignatureV4({
        service: "ssm",
        region: "ap-northeast-1",
        credentials: { accessKeyId: "AKID", secretAccessKey: secret, ...(token === undefined ? {} : { sessionToken: token }) },
        sha256: Sha256,
        applyChecksum: false,
      });
      const theirs = await oracle.sign(
        { method, protocol: "http:", hostname: url.hostname, path: url.pathname, query, headers: { ...headers, host: url.host }, body },
        { signingDate: at },
      );
      expect(ours["authorization"]).toBe(theirs.headers["authorization"]);
    }),
    { numRuns: 300 },
  );
});
