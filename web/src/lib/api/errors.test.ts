import { describe, expect, it } from "vitest";

import { ApiError, errorOf, isPassing, offlineError } from "./errors";

function problem(body: unknown, status: number, headers: Record<string, string> = {}): Response {
  return new Response(typeof body === "string" ? body : JSON.stringify(body), { status, headers });
}

describe("a refused request", () => {
  it("names each field by the last part of its pointer", async () => {
    const error = await errorOf(
      problem(
        {
          code: "invalid",
          title: "Invalid",
          detail: "Two fields.",
          request_id: "req-1",
          errors: [
            { pointer: "/username", detail: "taken" },
            { pointer: "/options/0/na~1me", detail: "too long" },
          ],
        },
        422,
      ),
    );
    expect(error.fields).toEqual({ username: "taken", "na/me": "too long" });
    expect(error).toMatchObject({ status: 422, code: "invalid", requestId: "req-1" });
  });

  it("keeps the seconds to wait", async () => {
    const error = await errorOf(
      problem({ code: "too-many", title: "", detail: "" }, 429, { "Retry-After": "30" }),
    );
    expect(error.retryAfterS).toBe(30);
  });

  it.each(["<html>Bad gateway</html>", "null", "[]", '{"code":7}'])(
    "without a problem document is unreadable: %s",
    async (body) => {
      expect(await errorOf(problem(body, 502))).toMatchObject({
        status: 502,
        code: "unreadable",
        fields: {},
      });
    },
  );
});

describe("trying again", () => {
  it("may help when no answer came or the server failed", () => {
    const failed = new ApiError({ status: 503, code: "unavailable", title: "", detail: "" });
    expect([offlineError(), failed].map(isPassing)).toEqual([true, true]);
  });

  it("does not help when the request was refused", () => {
    const refused = new ApiError({ status: 404, code: "not-found", title: "", detail: "" });
    expect([refused, new Error("bug")].map(isPassing)).toEqual([false, false]);
  });
});
