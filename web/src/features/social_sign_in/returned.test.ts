import { describe, expect, it } from "vitest";

import { readReturn } from "./returned";

describe("coming back from a provider", () => {
  it("brings a code and the state it was begun with", () => {
    expect(readReturn("?code=4%2F0Ab&state=s1&scope=openid")).toEqual({
      came: "with-code",
      code: "4/0Ab",
      state: "s1",
      isLinking: false,
    });
  });

  it("tells by the state that somebody signed in wanted to link", () => {
    expect(readReturn("?code=c&state=link.s1")).toMatchObject({ isLinking: true });
  });

  it.each(["access_denied", "user_cancelled_login", "user_cancelled_authorize", "consent_denied"])(
    "with %s is a person who turned back",
    (error) => {
      expect(readReturn(`?error=${error}&state=s1`)).toEqual({
        came: "without",
        isCancelled: true,
        isLinking: false,
      });
    },
  );

  it.each(["?error=server_error&state=s1", "?code=c", "?state=s1", ""])("with %j brings nothing", (query) => {
    expect(readReturn(query)).toMatchObject({ came: "without", isCancelled: false });
  });
});
