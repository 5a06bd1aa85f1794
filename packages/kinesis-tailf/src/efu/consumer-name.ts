/** Consumer names have 128 characters at most, letters, digits, `_`, `.` and `-` (API reference, RegisterStreamConsumer). */
const longest = 128;

/** The name of a process's own consumer. `tries` names were taken already: from the second on, `random` (0 to 1) sets it apart. */
export function consumerName(host: string, pid: number, tries: number, random: number): string {
  const end =
    tries === 0
      ? `-${pid}`
      : `-${pid}-${Math.floor(random * 36 ** 4)
          .toString(36)
          .padStart(4, "0")}`;
  return `kinesis-tailf-${host.replace(/[^\w.-]/g, "-")}`.slice(0, longest - end.length) + end;
}
