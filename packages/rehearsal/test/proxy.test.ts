import { Agent, request } from "node:https";
import { existsSync, readFileSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import { type Rehearsal, startRehearsal } from "../src/index.ts";

let aws: Rehearsal;

afterEach(() => aws.stop());

/** The status that an HTTPS request gets, trusting the test authority alone. */
function statusOf(url: string, proxy?: string): Promise<number | undefined> {
  const proxyEnv = proxy === undefined ? {} : { proxyEnv: { HTTPS_PROXY: proxy } };
  const agent = new Agent({ ca: readFileSync(aws.caFile), ...proxyEnv });
  return new Promise((resolve, reject) => {
    request(url, { agent }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .once("error", reject)
      .end();
  });
}

describe("TLS", () => {
  it("serves under localhost with a certificate of the test authority, whose file goes away again", async () => {
    aws = await startRehearsal({ tls: true });
    expect(aws.url).toMatch(/^https:\/\/localhost:\d+$/);
    expect(await statusOf(`${aws.url}/_rehearsal/state`)).toBe(200);
    const { caFile } = aws;
    expect(existsSync(caFile)).toBe(true);
    await aws.stop();
    expect(existsSync(caFile)).toBe(false);
  });
});

describe("a proxy", () => {
  it("answers for every AWS host, and remembers the tunnels", async () => {
    aws = await startRehearsal();
    const proxy = await aws.startProxy();
    const hosts = [
      "ssm.ap-northeast-1.amazonaws.com",
      "ssm-fips.us-gov-west-1.amazonaws.com",
      "ssm.eu-west-1.api.aws",
      "sts.amazonaws.com",
      "ssm.cn-north-1.amazonaws.com.cn",
    ];
    for (const host of hosts) expect(await statusOf(`https://${host}/`, proxy.url)).toBe(404);
    expect(proxy.connects).toEqual(hosts.map((host) => ({ target: `${host}:443`, proxyAuthorization: undefined, status: 200 })));
    expect(aws.journal.map((entry) => entry.request.headers["Host"])).toEqual(hosts);
  });

  it("wants its user's password when it has one", async () => {
    aws = await startRehearsal();
    const proxy = await aws.startProxy({ username: "me", password: "p@ss word" });
    const withUser = proxy.url.replace("//", "//me:p%40ss%20word@");
    await expect(statusOf("https://ssm.us-east-1.amazonaws.com/", proxy.url)).rejects.toThrow(/407/);
    expect(await statusOf("https://ssm.us-east-1.amazonaws.com/", withUser)).toBe(404);
    expect(proxy.connects).toEqual([
      { target: "ssm.us-east-1.amazonaws.com:443", proxyAuthorization: undefined, status: 407 },
      {
        target: "ssm.us-east-1.amazonaws.com:443",
        proxyAuthorization: `Basic ${Buffer.from("me:p@ss word").toString("base64")}`,
        status: 200,
      },
    ]);
  });
});
