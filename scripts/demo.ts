import { mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { startRehearsal } from "@sukima/rehearsal";
import { build } from "./build/build.ts";
import { root } from "./build/bundle.ts";
import { logWorld, showKinesisTailf } from "./demo/kinesis-tailf.ts";
import { showSsmwrap } from "./demo/ssmwrap.ts";
import { heading, remark } from "./demo/stage.ts";

/** The main job of this repository, told as a reader would see it: every tool that exists, on the local AWS. */
async function demo(): Promise<void> {
  remark("building the executables");
  await build();
  const folder = await mkdtemp(join(tmpdir(), "sukima-demo-"));
  const aws = await startRehearsal({ world: logWorld });
  try {
    await symlink(join(root, "scripts/demo/app.sh"), join(folder, "app"));
    const path = [folder, join(root, "dist/bin"), process.env["PATH"] ?? ""].join(delimiter);
    const stage = { env: { ...aws.env, PATH: path }, cwd: folder };

    heading("rehearsal: a local AWS is up");
    remark(`it answers at ${aws.url}; no account, no network, gone when this ends`);
    await showSsmwrap(stage);
    await showKinesisTailf(stage);

    heading("not built yet");
    remark("ecs-deployer, spot-drainer, rin");
    heading(`done: ${aws.journal.length} calls to the local AWS`);
  } finally {
    await aws.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

await demo();
