const defaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/**
 * The files that a command's name may mean: a name with a slash is one, else each directory of PATH in turn, an empty one being the current directory.
 * An empty PATH has no directory at all, as in Go.
 */
export function candidates(name: string, path: string = defaultPath): string[] {
  if (name.includes("/")) return [name];
  if (name === "" || path === "") return [];
  const files: string[] = [];
  for (const directory of path.split(":")) files.push(`${directory || "."}/${name}`);
  return files;
}
