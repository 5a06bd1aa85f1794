import { type ChildProcess, execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** Words that make the command behind them process 1 of a namespace of its own, as in a container. */
export const inNamespace = ["unshare", "--pid", "--fork", "--kill-child", "--mount-proc"] as const;

/** Whether this user may make PID namespaces here. */
export const hasNamespaces = ((): boolean => {
  try {
    execFileSync(inNamespace[0], [...inNamespace.slice(1), "true"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
})();

/** The process number, as we see it, of the only child of a started command. */
export const onlyChildOf = ({ pid }: ChildProcess): number => Number(readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8"));
