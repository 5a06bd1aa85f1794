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
  for (const fd of names) {
    if (!(Number(fd) > 2)) continue;
    try {
      targets.set(Number(fd), files.readlinkSync(`/proc/self/fd/${fd}`));
    } catch {
      // Gone again: it was the descriptor of the directory listing.
    }
  }
  const isOwn = ownDescriptors(targets, files);
  const inherited: number[] = [];
  for (const fd of targets.keys()) if (!isOwn(fd)) inherited.push(fd);
  return inherited;
}

/**
 * The runtime's epoll watches its eventfd and nothing else yet, and both took the lowest free numbers, one after the other.
 * Where inherited descriptors are just like that the last such pair counts as the runtime's; where the kernel does not tell what an epoll watches (gVisor), all do.
 */
function ownDescriptors(targets: ReadonlyMap<number, string>, files: DescriptorFiles): (fd: number) => boolean {
  let own: readonly number[] | undefined;
  for (const [fd, target] of targets) {
    const [only, ...others] = target === epoll ? watchedBy(fd, files) : [];
    if (only === undefined || others.length > 0 || targets.get(only) !== eventfd || only < fd) continue;
    let below = 0;
    for (const one of targets.keys()) if (one < only) below++;
    if (below === only - 3) own = [fd, only];
  }
  return (fd) => (own === undefined ? [epoll, eventfd].includes(targets.get(fd) ?? "") : own.includes(fd));
}

function watchedBy(fd: number, { readFileSync }: DescriptorFiles): number[] {
  try {
    const watched: number[] = [];
    for (const [, one] of readFileSync(`/proc/self/fdinfo/${fd}`, "utf8").matchAll(/^tfd:\s*(\d+)/gm)) watched.push(Number(one));
    return watched;
  } catch {
    return [];
  }
}
