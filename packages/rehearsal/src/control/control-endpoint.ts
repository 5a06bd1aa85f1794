import type { HttpAnswer, HttpRequest } from "../http/exchange.ts";
import type { Handler } from "../http/listener.ts";
import { nearest } from "../nearest.ts";
import { InputError } from "../world/input-error.ts";
import type { Controls } from "./controls.ts";

/** All control paths begin like this, which no AWS service does. */
export const CONTROL_PREFIX = "/_rehearsal/";

type Route = (body: () => unknown) => HttpAnswer;

/** The endpoints under `/_rehearsal/`, for scripts and checkers outside of this process. They are not journalled. */
export function createControlEndpoint(controls: Controls): Handler {
  const routes: Readonly<Record<string, Route>> = {
    "GET journal": () => ({ status: 200, headers: [["Content-Type", "application/x-ndjson"]], body: controls.journalLines() }),
    "GET faults": () => json(200, controls.listFaults()),
    "POST faults": (body) => {
      controls.addFaults(body());
      return json(200, controls.listFaults());
    },
    "DELETE faults": () => {
      controls.clearFaults();
      return json(200, controls.listFaults());
    },
    "GET clock": () => json(200, { now: controls.now() }),
    "POST clock": (body) => {
      controls.advance(body());
      return json(200, { now: controls.now() });
    },
    "POST events": (body) => {
      controls.happen(body());
      return json(200, controls.state());
    },
    "GET state": () => json(200, controls.state()),
  };
  return async (request) => ({ answer: withLength(answer(routes, request)), delivery: "whole" });
}

function answer(routes: Readonly<Record<string, Route>>, request: HttpRequest): HttpAnswer {
  const name = request.path.slice(CONTROL_PREFIX.length).replace(/\?.*/, "");
  const route = routes[`${request.method} ${name}`];
  const names = [...new Set(Object.keys(routes).map((key) => key.replace(/^\w+ /, "")))];
  if (route === undefined) {
    if (names.includes(name)) return json(405, { error: `${CONTROL_PREFIX}${name} does not answer ${request.method}` });
    const near = nearest(name, names);
    return json(404, {
      error: `no control endpoint ${name}, ${near === undefined ? `there are ${names.join(", ")}` : `did you mean ${near}?`}`,
    });
  }
  try {
    return route(() => readJson(request));
  } catch (error) {
    if (error instanceof InputError) return json(400, { error: error.message });
    throw error;
  }
}

function readJson({ body }: HttpRequest): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    throw new InputError("the request body is not JSON");
  }
}

const json = (status: number, value: unknown): HttpAnswer => ({
  status,
  headers: [["Content-Type", "application/json"]],
  body: `${JSON.stringify(value, null, 2)}\n`,
});

const withLength = (bare: HttpAnswer): HttpAnswer => ({
  ...bare,
  headers: [...bare.headers, ["Content-Length", String(Buffer.byteLength(bare.body))]],
});
