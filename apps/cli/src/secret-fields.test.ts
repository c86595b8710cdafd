import { describe, expect, it } from "vitest";
import { targetWithoutSecrets, withoutSecret } from "./secret-fields.ts";

describe("withoutSecret", () => {
  it.each([["Authorization"], ["Proxy-Authorization"], ["Cookie"], ["Set-Cookie"], ["X-API-Key"], ["x-auth-token"]])(
    "hides the value of %s",
    (name) => {
      expect(withoutSecret(name, "s3cret")).toBe("(hidden)");
    },
  );

  it("shows other values", () => {
    expect(withoutSecret("Accept", "text/html, */*")).toBe("text/html, */*");
  });

  it("hides a secret in the query of a URL", () => {
    expect(withoutSecret("Referer", "http://a.example/?q=x&token=s3cret")).toBe("http://a.example/?q=x&token=(hidden)");
  });
});

describe("targetWithoutSecrets", () => {
  it.each([
    ["/a?api_key=s3cret&page=2", "/a?api_key=(hidden)&page=2"],
    ["/a?page=2&ACCESS_TOKEN=s3cret#x", "/a?page=2&ACCESS_TOKEN=(hidden)#x"],
    ["/a?code=s3cret&X-Amz-Signature=s3cret", "/a?code=(hidden)&X-Amz-Signature=(hidden)"],
    ["/a?page=2&design=4", "/a?page=2&design=4"],
    ["/token=shown", "/token=shown"],
  ])("shows %j as %j", (target, shown) => {
    expect(targetWithoutSecrets(target)).toBe(shown);
  });
});
