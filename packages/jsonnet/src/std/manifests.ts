import { fail } from "../errors.ts";
import { manifestIni } from "../manifest/ini.ts";
import { manifestPython, manifestPythonVars } from "../manifest/python.ts";
import { manifestXml } from "../manifest/xml.ts";
import { manifestJson, quoteGoJson, type JsonLayout } from "../manifest/json.ts";
import { manifestToml } from "../manifest/toml.ts";
import { manifestYaml } from "../manifest/yaml.ts";
import { shortestDecimal } from "../number-text.ts";
import { evaluated, typeName } from "../machine/type-name.ts";
import { asBoolean, asObject, asString } from "./arguments.ts";
import { define, type Definition } from "./define.ts";

export const manifests: Readonly<Record<string, Definition>> = {
  manifestJson: define("value", ([value], machine) => manifestJson(evaluated(value), machine, layout("    ", "\n", ": "))),
  manifestJsonMinified: define("value", ([value], machine) => manifestJson(evaluated(value), machine, layout("", "", ":"))),
  manifestJsonEx: define(
    "value indent newline key_val_sep",
    ([value, indent, newline, separator], machine) =>
      manifestJson(evaluated(value), machine, layout(asString(indent), asString(newline), asString(separator))),
    { newline: "\n", key_val_sep: ": " },
  ),
  manifestYamlDoc: define(
    "value indent_array_in_object quote_keys",
    ([value, indents, quotes], machine) =>
      manifestYaml(evaluated(value), machine, { indentsArrays: asBoolean(indents), quotesKeys: asBoolean(quotes) }),
    { indent_array_in_object: false, quote_keys: true },
  ),
  manifestYamlStream: define(
    "value indent_array_in_object c_document_end quote_keys",
    ([value, indents, ends, quotes], machine) => {
      if (!Array.isArray(value)) throw fail(`manifestYamlStream only takes arrays, got ${typeName(value)}`);
      const style = { indentsArrays: asBoolean(indents), quotesKeys: asBoolean(quotes) };
      const documents = value.map((slot) => manifestYaml(machine.force(slot), machine, style));
      return `---\n${documents.join("\n---\n")}${asBoolean(ends) ? "\n...\n" : "\n"}`;
    },
    { indent_array_in_object: false, c_document_end: true, quote_keys: true },
  ),
  manifestToml: define("value", ([value], machine) => manifestToml(evaluated(value), machine, "  ")),
  manifestTomlEx: define("value indent", ([value, indent], machine) => manifestToml(evaluated(value), machine, asString(indent))),
  manifestIni: define("ini", ([ini], machine) => manifestIni(asObject(ini), machine)),
  manifestPython: define("v", ([v], machine) => manifestPython(evaluated(v), machine)),
  manifestPythonVars: define("conf", ([conf], machine) => manifestPythonVars(evaluated(conf), machine)),
  manifestXmlJsonml: define("value", ([value], machine) => manifestXml(evaluated(value), machine)),
};

function layout(indent: string, newline: string, keySeparator: string): JsonLayout {
  return { indent, newline, keySeparator, breaksEmpty: true, number: shortestDecimal, quote: quoteGoJson, countsCalls: false };
}
