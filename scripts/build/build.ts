import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Metafile } from "esbuild";
import { bundleCommand, bundleForBun, bundleForNpm, bundleLibrary, root } from "./bundle.ts";
import { compile, hostBun } from "./compile.ts";
import { declareTypes } from "./declarations.ts";
import { thirdPartyNotices } from "./notices.ts";
import { executables, hostTarget, libraries, plainCommands } from "./targets.ts";

/** Build the npm forms and this machine's release forms, their metafiles (`dist/meta/`) and the third-party notices. */
export async function build(): Promise<void> {
  const host = hostTarget();
  const bun = hostBun(host);
  await rm(join(root, "dist"), { recursive: true, force: true });
  await mkdir(join(root, "dist/meta"), { recursive: true });
  const metafiles: Metafile[] = [];
  const keep = async (name: string, metafile: Metafile): Promise<void> => {
    metafiles.push(metafile);
    await writeFile(join(root, `dist/meta/${name}.json`), JSON.stringify(metafile));
  };
  for (const executable of executables) {
    const npm = await bundleForNpm(executable);
    await Promise.all(npm.map((metafile, at) => keep(`${executable.name}.npm${at === 0 ? "" : "-sdk"}`, metafile)));
    const { entry, metafile } = await bundleForBun(executable, `dist/bundle/${executable.name}`);
    await keep(`${executable.name}.release`, metafile);
    await compile(bun, { entry, outfile: `dist/bin/${executable.name}`, shortLived: executable.shortLived });
  }
  for (const command of plainCommands) await keep(`${command.name}.npm`, await bundleCommand(command));
  for (const library of libraries) {
    await keep(`${library}.library`, await bundleLibrary(library));
    await declareTypes(library);
  }
  const notices = await thirdPartyNotices(metafiles);
  const published = new Set([...executables, ...plainCommands].map((one) => `packages/${one.package}/dist`));
  for (const folder of ["dist", ...published]) await writeFile(join(root, folder, "THIRD_PARTY_NOTICES"), notices);
}
