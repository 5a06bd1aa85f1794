/** What is asked of the file system; `node:fs` offers it. */
interface DescriptorFiles {
  readdirSync(path: string): string[];
  readlinkSync(path: string): string;
  readFileSync(path: string, encoding: "utf8"): string;
}

const epoll = "anon_inode:[eventpoll]";
const eventfd = "anon_inode:[eventfd]";

/**
 * Descriptors above 2 that the caller passed to this process, told at its start from those that the Bun runtime opened for itself:
 * an epoll and an eventfd (measured on 1.4.5). Linux only; elsewhere none.
 */
export function inheritedDescriptors(files: DescriptorFiles): number[] {
  let names: string[];
  try {
    names = files.readdirSync("/proc/self/fd");
  } catch {
    return [];
  }
  const targets = new Map<number, string>();
  for (const fd of names.map(Number).filter((one) => one > 2)) {
    try {
      targets.set(fd, files.readlinkSync(`/proc/self/fd/${fd}`));
    } catch {
      // Gone again: it was the descriptor of the directory listing.
    }
  }
  const isOwn = ownDescriptors(targets, files);
  return [...targets.keys()].filter((fd) => !isOwn(fd));
}

/**
 * The runtime's epoll watches its eventfd and nothing else yet. An inherited epoll of the very same kind could be taken for it; the first one is.
 * Where the kernel does not tell what an epoll watches (gVisor), every epoll and eventfd counts as the runtime's.
 */
function ownDescriptors(targets: ReadonlyMap<number, string>, files: DescriptorFiles): (fd: number) => boolean {
  for (const [fd, target] of targets) {
    const watched = target === epoll ? watchedBy(fd, files) : [];
    const [only] = watched;
    if (only !== undefined && watched.length === 1 && targets.get(only) === eventfd) return (one) => one === fd || one === only;
  }
  return (one) => [epoll, eventfd].includes(targets.get(one) ?? "");
}

function watchedBy(fd: number, { readFileSync }: DescriptorFiles): number[] {
  try {
    return [...readFileSync(`/proc/self/fdinfo/${fd}`, "utf8").matchAll(/^tfd:\s*(\d+)/gm)].map(([, watched]) => Number(watched));
  } catch {
    return [];
  }
}
