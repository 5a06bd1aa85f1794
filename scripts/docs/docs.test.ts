import { execFileSync } from "node:child_process";
import { bool, choice, type Command, text } from "@sukima/core";
import { describe, expect, it } from "vitest";
import { completions } from "./completions.ts";
import { iamText, readPermissions } from "./iam.ts";
import { manPage } from "./man.ts";
import { fillRegions } from "./regions.ts";
import { exitCodesTable, flagsTable, forEach } from "./tables.ts";

const tap: Command = {
  name: "tap",
  summary: "watch a stream's end",
  operands: "[stream]",
  envPrefix: "TAP_",
  options: {
    region: text("AWS region, *any* of them", "REGION", { aliases: ["r"] }),
    case: choice("letters it's made of", ["upper", "keep"], "upper"),
    check: bool("look and exit", { env: "none" }),
  },
  examples: [{ run: "tap -region r docs", does: ".follows" }],
  exitCodes: [["0", "done"]],
  run: async () => 0,
};

describe("a README", () => {
  const page = "# tap\n\n<!-- generated:flags -->\nold\n<!-- /generated -->\n\nend\n";

  it("gets its generated parts between the markers, and again the same", () => {
    const filled = fillRegions(page, new Map([["flags", "new"]]));
    expect(filled).toBe("# tap\n\n<!-- generated:flags -->\n\nnew\n\n<!-- /generated -->\n\nend\n");
    expect(fillRegions(filled, new Map([["flags", "new"]]))).toBe(filled);
  });

  it("is refused without a pair of markers, or with one that nothing is generated for", () => {
    expect(() => fillRegions("# tap\n", new Map([["flags", "new"]]))).toThrow("lacks <!-- generated:flags -->");
    expect(() => fillRegions(page.replace("<!-- /generated -->", ""), new Map([["flags", "new"]]))).toThrow(
      "lacks <!-- generated:flags -->",
    );
    expect(() => fillRegions(page, new Map())).toThrow("nothing is generated for <!-- generated:flags -->");
  });

  it("shows flags and exit codes as tables that Markdown leaves as they are", () => {
    expect(flagsTable(tap)).toMatchInlineSnapshot(`
      "| flag | meaning | default | variable |
      | --- | --- | --- | --- |
      | \`-region, -r REGION\` | AWS region, \\*any\\* of them |  | \`TAP_REGION\` |
      | \`-case upper\\|keep\` | letters it's made of | upper | \`TAP_CASE\` |
      | \`-check\` | look and exit |  |  |"
    `);
    expect(exitCodesTable(tap)).toBe("| code | meaning |\n| --- | --- |\n| 0 | done |");
  });

  it("names the command above its table only where there are several", () => {
    expect(forEach([tap], () => "table")).toBe("table");
    expect(forEach([tap, { ...tap, name: "cat" }], () => "table")).toBe("### tap\n\ntable\n\n### cat\n\ntable");
  });

  it("shows what IAM has to allow, as a table and as a policy", () => {
    const permissions = readPermissions('[{"actions": ["ssm:GetParameters"], "resource": "arn:aws:ssm:*:*:parameter/x", "when": "names"}]');
    const text = iamText(permissions);
    expect(text).toContain("| `ssm:GetParameters` | names |");
    expect(JSON.parse(text.split("```")[1]?.replace("json", "") ?? "")).toEqual({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: ["ssm:GetParameters"], Resource: "arn:aws:ssm:*:*:parameter/x" }],
    });
    expect(iamText([])).toBe("Nothing: it calls no AWS service.");
    expect(() => readPermissions('[{"actions": ["everything"]}]')).toThrow("expected a list of");
  });
});

it("writes a manual page whose quotes, hyphens and leading dots survive", () => {
  expect(manPage(tap)).toMatchInlineSnapshot(`
    ".TH TAP 1 "" sukima "User Commands"
    .SH NAME
    tap \\- watch a stream\\(aqs end
    .SH SYNOPSIS
    tap [flags] [stream]
    .SH OPTIONS
    .TP
    .B \\-region, \\-r REGION
    AWS region, *any* of them (variable TAP_REGION)
    .TP
    .B \\-case upper|keep
    letters it\\(aqs made of (default upper; variable TAP_CASE)
    .TP
    .B \\-check
    look and exit
    .SH EXIT STATUS
    .TP
    .B 0
    done
    .SH EXAMPLES
    .TP
    .B tap \\-region r docs
    \\&.follows
    "
  `);
});

describe("completion", () => {
  /** What bash offers for the last of these words. */
  const offered = (...words: readonly string[]): string[] => {
    const line = words.map((word) => `'${word}'`).join(" ");
    const script = `${completions(tap).bash}\nCOMP_WORDS=(tap ${line}); COMP_CWORD=${words.length}; _tap; printf '%s\\n' "\${COMPREPLY[@]}"`;
    return execFileSync("bash", ["-c", script], { encoding: "utf8" }).split("\n").filter(Boolean);
  };

  it("offers flags in bash until the wrapped command begins", () => {
    expect(offered("-c")).toEqual(["-case", "-check"]);
    expect(offered("-case", "upper", "-r")).toEqual(["-region", "-r"]);
    expect(offered("docs")).toEqual([]);
    expect(offered("--", "-c")).toEqual([]);
  });

  it("quotes help texts for zsh and fish", () => {
    expect(completions(tap).zsh).toContain(`  '-case:letters it'\\''s made of'\n`);
    expect(completions(tap).fish).toContain(`-o case -r -d 'letters it\\'s made of'\n`);
    expect(completions(tap).fish).toContain(`-o check -d 'look and exit'\n`);
  });
});
