/** What is served, and how it is answered. */
import type { OptionSpec } from "./option-spec.ts";

export const FILES_OPTIONS = {
  root: {
    type: "string",
    group: "files",
    value: "root",
    isPath: true,
    isPositional: true,
    default: ".",
    description: "Directory or file to serve",
  },
  index: {
    type: "list",
    group: "files",
    value: "name",
    default: ["index.html"],
    description: "File that stands for its directory; repeat it to try several in order",
  },
  listing: {
    type: "boolean",
    group: "files",
    description:
      "List directories that have no index file; on by itself, but not with --spa; --no-listing switches it off",
  },
  zip: {
    type: "boolean",
    group: "files",
    description:
      "Offer listed directories as zip archives too, made while they are sent; on by itself, but not in public mode; --no-zip switches it off",
  },
  spa: {
    type: "boolean",
    group: "files",
    default: false,
    description: "Answer with the root's index file where no file is found, for apps that route in the browser",
  },
  "clean-urls": {
    type: "boolean",
    group: "files",
    default: false,
    description: "Find about.html under /about",
  },
  dotfiles: {
    type: "boolean",
    group: "files",
    default: false,
    description: "Serve names that begin with a dot; without it only /.well-known exists",
  },
  "follow-symlinks": {
    type: "boolean",
    group: "files",
    default: false,
    description: "Follow symbolic links that lead out of the root",
  },
  "base-path": {
    type: "string",
    group: "files",
    value: "path",
    default: "/",
    description: "Path under which the root appears",
  },
  handler: {
    type: "string",
    group: "files",
    value: "module",
    isPath: true,
    description:
      "Serve what this module exports (a handler or a fetch object) in place of a directory; Response is then a faster class",
  },
  watch: {
    type: "boolean",
    group: "files",
    default: false,
    description: "Have browsers load a page again when a file has changed, for those who write pages",
  },
  "cache-control": {
    type: "string",
    group: "answers",
    value: "value",
    default: "no-cache",
    description: "Cache-Control of every file; with no-cache browsers ask each time whether a file has changed",
  },
  header: {
    type: "list",
    group: "answers",
    short: "H",
    value: "name: value",
    description: "Field to add to every answer; repeat it for several",
  },
  cors: { type: "boolean", group: "answers", default: false, description: "Let pages of any site read the files" },
  compress: {
    type: "boolean",
    group: "answers",
    default: true,
    description: "Send text compressed to those who accept it",
  },
} as const satisfies Record<string, OptionSpec>;
