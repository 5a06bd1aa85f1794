/** What is asked of the file system; `node:fs` offers it, and `libc-files.ts`. */
export interface DescriptorFiles {
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
 * The runtime's epoll watches its eventfd and nothing else yet, and both took the lowest free numbers, one after the other.
 * Where inherited descriptors are just like that the last such pair counts as the runtime's; where the kernel does not tell what an epoll watches (gVisor), all do.
 */
function ownDescriptors(targets: ReadonlyMap<number, string>, files: DescriptorFiles): (fd: number) => boolean {
  const numbers = [...targets.keys()];
  const pairs = numbers.flatMap((fd) => {
    const [only, ...others] = targets.get(fd) === epoll ? watchedBy(fd, files) : [];
    if (only === undefined || others.length > 0 || targets.get(only) !== eventfd || only < fd) return [];
    return numbers.filter((one) => one < only).length === only - 3 ? [[fd, only]] : [];
  });
  const own = pairs.at(-1);
  return (fd) => (own === undefined ? [epoll, eventfd].includes(targets.get(fd) ?? "") : own.includes(fd));
}

function watchedBy(fd: number, { readFileSync }: DescriptorFiles): number[] {
  try {
    return [...readFileSync(`/proc/self/fdinfo/${fd}`, "utf8").matchAll(/^tfd:\s*(\d+)/gm)].map(([, watched]) => Number(watched));
  } catch {
    return [];
  }
}
