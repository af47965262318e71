import { expect, test } from "vitest";

import { isPort, proxyOf, readProxyLink } from "./proxy";

const SECRET = "dd0123456789abcdef0123456789abcdef";

test.each(["tg://proxy", "https://t.me/proxy", "https://telegram.me/proxy"])(
  "a link %s fills the form of an MTProxy",
  (begin) => {
    const read = readProxyLink(` ${begin}?server=proxy.example.com&port=443&secret=${SECRET} `);
    expect(read?.kind).toBe("mtproxy");
    expect(read && proxyOf(read.kind, read.values)).toEqual({
      host: "proxy.example.com",
      port: 443,
      username: null,
      password: null,
      secret: SECRET,
    });
  },
);

test("a link to a SOCKS5 proxy brings its login along", () => {
  const read = readProxyLink("https://t.me/socks?server=1.2.3.4&port=1080&user=me&pass=it%26that");
  expect(read && proxyOf(read.kind, read.values)).toEqual({
    host: "1.2.3.4",
    port: 1080,
    username: "me",
    password: "it&that",
    secret: null,
  });
});

test.each(["proxy.example.com", "https://example.com/proxy?server=a", "tg://resolve?domain=a", ""])(
  "%j is no link to a proxy",
  (text) => {
    expect(readProxyLink(text)).toBeNull();
  },
);

test("what was written for the other kind does not go along", () => {
  const written = { host: "a", port: "1", username: "me", password: "it", secret: SECRET };
  expect(proxyOf("mtproxy", written)).toMatchObject({ username: null, password: null, secret: SECRET });
  expect(proxyOf("socks5", written)).toMatchObject({ username: "me", password: "it", secret: null });
});

test("a port is a number up to 65535", () => {
  expect(["1", "65535", " 443 "].every(isPort)).toBe(true);
  expect(["", "0", "65536", "44a", "-1"].some(isPort)).toBe(false);
});
