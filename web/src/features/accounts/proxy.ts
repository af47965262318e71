/** Proxies as people write them down or pass them on, and as the API takes them. */

export type ProxyKind = "socks5" | "mtproxy";

export interface WrittenProxy {
  host: string;
  port: string;
  username: string;
  password: string;
  secret: string;
}

export function isPort(text: string): boolean {
  return /^\d+$/.test(text.trim()) && Number(text) >= 1 && Number(text) <= 65535;
}

/** What the API takes: of the other kind's fields nothing goes along. */
export function proxyOf(kind: ProxyKind, written: WrittenProxy) {
  const isSocks = kind === "socks5";
  return {
    host: written.host.trim(),
    port: Number(written.port),
    username: (isSocks && written.username) || null,
    password: (isSocks && written.password) || null,
    secret: isSocks ? null : written.secret.trim(),
  };
}

/** What Telegram's own links say: tg://proxy, tg://socks, and the same under t.me; null for anything else. */
export function readProxyLink(text: string): { kind: ProxyKind; values: WrittenProxy } | null {
  const found = /^(?:tg:\/\/|https?:\/\/t(?:elegram)?\.me\/)(proxy|socks)\?(.+)$/.exec(text.trim());
  if (found === null) return null;
  const said = new URLSearchParams(found[2]);
  const values = {
    host: said.get("server") ?? "",
    port: said.get("port") ?? "",
    username: said.get("user") ?? "",
    password: said.get("pass") ?? "",
    secret: said.get("secret") ?? "",
  };
  return { kind: found[1] === "proxy" ? "mtproxy" : "socks5", values };
}
