import type { startRehearsal } from "@sukima/rehearsal";
import { heading, remark, type, type Stage } from "./stage.ts";

type World = NonNullable<NonNullable<Parameters<typeof startRehearsal>[0]>["world"]>;

const record = (at: string, data: string): { key: string; at: string; data: string } => ({ key: data, at, data });

/** Containers that log for a quarter of an hour before the demo and during it, and a stream that splits and merges meanwhile. */
export const logWorld: Pick<World, "streams"> = {
  streams: {
    "docker-logs": {
      shards: 2,
      records: [
        ...Array.from({ length: 30 }, (_, at) =>
          record(`-${900 - at * 30}s`, JSON.stringify({ minute: 15 - at / 2, status: at % 10 === 7 ? 500 : 200, path: `/items/${at}` })),
        ),
        ...Array.from({ length: 80 }, (_, at) => record(`${at * 250}ms`, `live ${at}`)),
      ],
      script: [
        { at: "3s", split: "shardId-000000000000" },
        { at: "6s", merge: ["shardId-000000000001", "shardId-000000000003"] },
      ],
    },
  },
};

/** What an engineer types during an incident. */
export async function showKinesisTailf(stage: Stage): Promise<void> {
  heading("kinesis-tailf: the old tail -f, and sed by time");
  remark("from now on; the stream splits a shard and merges two while we look, and nobody has to know");
  await type("kinesis-tailf -stream docker-logs -lf -n 30 -timeout 20s", stage);
  remark("the shards by now");
  await type(
    'kinesis-tailf -stream docker-logs -from horizon -follow=false -o json | sed \'s/.*"shard":"\\([^"]*\\)".*/\\1/\' | sort | uniq -c',
    stage,
  );

  heading("kinesis-cat: the way in");
  await type(
    "seq 1 1000 | sed 's/^/from a pipe /' | kinesis-cat -stream docker-logs && kinesis-tailf -stream docker-logs -start '1m ago' -follow=false -o line -grep '^from a pipe' | sort -u | wc -l",
    stage,
  );

  heading("an extract of the past");
  await type("kinesis-tailf -stream docker-logs -start '10m ago' -end '8m ago' -lf", stage);
  remark("only the failures of the last quarter of an hour, as JSON lines");
  await type("kinesis-tailf -stream docker-logs -start '15m ago' -end '1m ago' -o json -where 'status >= 500' | cut -c1-160", stage);
  await type("kinesis-tailf -stream docker-logs -start '15m ago' -end '1m ago' -o line -grep /items/2 | head -1", stage, 0);
  remark("both shards of then and all of now, merged by time; what is printed is written down, and a second run goes on behind it");
  await type(
    "kinesis-tailf -stream docker-logs -start '12m ago' -end '10m ago' -order time -o template -template '{{.time}} {{.json.path}}'",
    stage,
  );
  await type("kinesis-tailf -stream docker-logs -from checkpoint -checkpoint at.json -n 3 -lf", stage);
  await type("kinesis-tailf -stream docker-logs -from checkpoint -checkpoint at.json -n 2 -lf", stage);
  remark("what the stream is, and where keys go");
  await type("kinesis-tailf -stream docker-logs -info", stage);
  await type("kinesis-tailf -stream docker-logs -shard-map user-42 user-43", stage);
  remark("a time that is none is refused, not read as something");
  await type("kinesis-tailf -stream docker-logs -start 'yesterdai'", stage, 2);
}
