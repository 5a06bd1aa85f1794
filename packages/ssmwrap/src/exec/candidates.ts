const defaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** The files that a command's name may mean: a name with a slash is one, else each directory of PATH in turn, an empty one being the current directory. */
export function candidates(name: string, path: string | undefined): string[] {
  if (name === "" || name.includes("/")) return name === "" ? [] : [name];
  return (path ?? defaultPath).split(":").map((directory) => `${directory || "."}/${name}`);
}
