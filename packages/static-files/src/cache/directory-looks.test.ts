import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { putFile, temporarySite } from "../../test/temporary-site.ts";
import { DirectoryLooks } from "./directory-looks.ts";

describe("DirectoryLooks", () => {
  it("shares a look for the stated time", () => {
    const root = temporarySite({ a: "a" });
    const looks = new DirectoryLooks(100);
    const first = looks.look(root, 0);
    expect(looks.look(root, 99)).toBe(first);
    expect(looks.look(root, 100)).not.toBe(first);
  });

  it("looks each time when nothing is to be shared", () => {
    const root = temporarySite({ a: "a" });
    const looks = new DirectoryLooks(0);
    expect(looks.look(root, 0)).not.toBe(looks.look(root, 0));
  });

  it("calls a directory unsettled in which a name has just come", () => {
    const root = temporarySite({ a: "a" });
    putFile(join(root, "b"), "b");
    expect(new DirectoryLooks(0).look(root, 0).isSettled).toBe(false);
  });

  it("finds no identity where there is no directory", () => {
    const root = temporarySite({ a: "a" });
    const looks = new DirectoryLooks(0);
    expect(looks.look(join(root, "a"), 0).identity).toBeUndefined();
    expect(looks.look(join(root, "none"), 0)).toMatchObject({ identity: undefined, isSettled: false });
  });
});
