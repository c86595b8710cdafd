#!/usr/bin/env node
// Runs on any Node, as a script or as a module, up to the sentence that says which Node is needed.
"use strict";

// As `engines` in package.json: lines with long-term support from the release on that fixed what a server inherits.
const SUPPORTED = { 22: [23, 2], 24: [18, 1], 26: [5, 1] };
const NEWEST_LINE = 26;

function isSupported(version) {
  const parts = version.split(".").map(Number);
  if (parts[0] > NEWEST_LINE) return true;
  const oldest = SUPPORTED[parts[0]];
  return oldest !== undefined && (parts[1] > oldest[0] || (parts[1] === oldest[0] && parts[2] >= oldest[1]));
}

/* A directory of one's own: compiled code in a shared one could be put there by somebody else. */
function keepCompiledCode() {
  const env = process.env;
  const cache = env.XDG_CACHE_HOME || (env.HOME && env.HOME + "/.cache") || env.LOCALAPPDATA;
  if (cache) process.getBuiltinModule("node:module").enableCompileCache(cache + "/tinyhttp");
}

if (isSupported(process.versions.node)) {
  keepCompiledCode();
  void import("../dist/main.js");
} else {
  console.error(
    "tinyhttp: Cannot run on Node " +
      process.versions.node +
      ": install Node 26.5.1 or later, or the latest of lines 24 and 22, from https://nodejs.org",
  );
  process.exitCode = 1;
}
