import { describe, expect, it } from "vitest";
import { UsageError } from "../failure.ts";
import { parseConfig } from "./config-file.ts";

const FILE = "/etc/tinyhttp/site.json";

describe("parseConfig", () => {
  it("reads options for every mode and for one", () => {
    const file = parseConfig(
      FILE,
      `{ "$schema": "./schema.json",
         "defaultMode": "public", "cleanUrls": true, "index": "a.html", "threads": 2,
         "public": { "port": 80, "header": ["A: 1", "B: 2"] } }`,
    );
    expect(file.everywhere.given).toEqual({ mode: "public", "clean-urls": true, index: ["a.html"], threads: "2" });
    expect(file.everywhere.origins.get("mode")).toEqual({ kind: "file", file: FILE, keyPath: "defaultMode", line: 2 });
    expect(file.byMode.get("public")?.given).toEqual({ port: 80, header: ["A: 1", "B: 2"] });
    expect(file.byMode.get("public")?.origins.get("port")).toMatchObject({ keyPath: "public.port", line: 3 });
    expect(file.byMode.get("private")).toBeUndefined();
  });

  it("takes paths from where the file is, and - for a standard stream", () => {
    const { given } = parseConfig(
      FILE,
      '{ "root": "../www", "accessLog": "-", "tlsCert": ["a.pem", "/b.pem"] }',
    ).everywhere;
    expect(given).toEqual({ root: "/etc/www", "access-log": "-", "tls-cert": ["/etc/tinyhttp/a.pem", "/b.pem"] });
  });

  it.each([
    ['{ "prot": 1 }', 3, 'there is no option "prot"; perhaps port was meant'],
    ['{ "public": { "prot": 1 } }', 15, 'there is no option "public.prot"; perhaps port was meant'],
    ['{ "Public": {} }', 3, 'there is no option "Public"; perhaps public was meant'],
    ['{ "clean-urls": true }', 3, 'there is no option "clean-urls"; perhaps cleanUrls was meant'],
    ['{ "zzzzzz": 1 }', 3, 'there is no option "zzzzzz"; tinyhttp serve --help lists all options'],
    ['{ "__proto__": 1 }', 3, 'there is no option "__proto__"; tinyhttp serve --help lists all options'],
    ['{ "config": "a" }', 3, 'there is no option "config"; tinyhttp serve --help lists all options'],
    ['{ "mode": "public" }', 3, "mode is not how a mode is chosen here; write defaultMode at the top"],
    [
      '{ "public": { "mode": "public" } }',
      15,
      "public.mode is not how a mode is chosen here; write defaultMode at the top",
    ],
    [
      '{ "public": { "defaultMode": "public" } }',
      15,
      'there is no option "public.defaultMode"; tinyhttp serve --help lists all options',
    ],
    ['{ "defaultMode": "pubic" }', 18, 'defaultMode is "pubic"; write one of private, unprivate, public'],
    ['{ "port": "80" }', 11, 'port is "80"; write a whole number from 0 to 65535'],
    ['{ "port": 65536 }', 11, "port is 65536; write a whole number from 0 to 65535"],
    ['{ "port": 1.5 }', 11, "port is 1.5; write a whole number from 0 to 65535"],
    ['{ "spa": "yes" }', 10, 'spa is "yes"; write true or false'],
    ['{ "host": "" }', 11, 'host is ""; write a string that is not empty'],
    ['{ "host": null }', 11, "host is null; write a string that is not empty"],
    ['{ "index": [1] }', 12, "index is a list; write a list of strings"],
    ['{ "logFormat": "xml" }', 16, 'logFormat is "xml"; write one of pretty, combined, json'],
    ['{ "private": [] }', 14, "private is a list; write an object: {}"],
    ["[]", 1, "the whole is a list; write an object: {}"],
    ["{ 'port': 80 }", 3, `expected a name in double quotes, got "'"`],
  ])("refuses %s", (text, column, problem) => {
    const message = `Cannot use ${FILE}, line 1, column ${column}: ${problem}`;
    expect(() => parseConfig(FILE, text)).toThrow(new UsageError(message));
  });
});
