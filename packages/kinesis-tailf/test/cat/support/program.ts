// kinesis-cat as a process of its own.
import { main } from "../../../src/cat/main.ts";

void main(process.argv.slice(2));
