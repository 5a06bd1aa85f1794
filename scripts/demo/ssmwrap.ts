import { heading, remark, type, type Stage } from "./stage.ts";

/** The article's entrypoint, and what else ssmwrap does. */
export async function showSsmwrap(stage: Stage): Promise<void> {
  heading("ssmwrap: secrets are not in the image and not in the task definition");
  remark("what Parameter Store holds below /prod/ (names, versions and sizes; never values)");
  await type("ssmwrap -paths=/prod/ -dry-run", stage);

  remark("the article's Docker entrypoint, word for word: the app is started with its secrets, and nothing else stays behind");
  await type("ssmwrap -paths=/prod/ -- app DB_HOST DB_PASSWORD API_KEY", stage);
  remark("the shell's child and the app are one process: ssmwrap became it");
  await type(`sh -c 'echo "the shell starts ssmwrap as process $$"; exec ssmwrap -paths=/prod/ -- app DB_HOST'`, stage);

  heading("rules: one level, a prefix, a new name, a file");
  await type("ssmwrap -env 'path=/prod/*,prefix=APP_' -env path=/prod/nested/API_KEY,to=TOKEN -- app APP_DB_HOST TOKEN API_KEY", stage);
  await type(
    "ssmwrap -file path=/prod/DB_PASSWORD,to=./db-password,mode=0400 -- sh -c 'ls -l ./db-password | cut -c1-10; wc -c < ./db-password'",
    stage,
  );

  heading("for shells and for CI");
  await type("ssmwrap -paths=/prod/ -print names", stage);
  await type(`(eval "$(ssmwrap -paths=/prod/ -print export)"; echo "$DB_HOST, and a password of \${#DB_PASSWORD} characters")`, stage);
  await type("ssmwrap -names=/prod/DB_HOST,/prod/NO_SUCH -check", stage, 1);
  remark("a missing parameter is told by name; with -strict the app is not started");
  await type("ssmwrap -strict -names=/prod/DB_HOST,/prod/NO_SUCH -- app DB_HOST", stage, 1);
}
