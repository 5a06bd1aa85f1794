/** What is asked of the file system; `node:fs` offers it. */
interface DescriptorFiles {
  readdirSync(path: string): string[];
  readlinkSync(path: string): string;
}

/** The runtime's own copy of stdin lies at or above this number (measured: fcntl(0, F_DUPFD_CLOEXEC, 1023)). */
const runtimeCopies = 1023;

/**
 * Descriptors above 2 that the caller passed to this process, told at its start from those that the Bun runtime opened for itself:
 * an epoll and an eventfd (measured on 1.4.5), a copy of stdin, and the directory that is being read. Linux only; elsewhere none.
 */
export function inheritedDescriptors({ readdirSync, readlinkSync }: DescriptorFiles): number[] {
  let names: string[];
  try {
    names = readdirSync("/proc/self/fd");
  } catch {
    return [];
  }
  const above = names.map(Number).filter((fd) => fd > 2 && fd < runtimeCopies);
  return above.filter((fd) => {
    try {
      return !/^anon_inode:\[event(poll|fd)\]$/.test(readlinkSync(`/proc/self/fd/${fd}`));
    } catch {
      // Gone again: it was the descriptor of the directory listing.
      return false;
    }
  });
}
