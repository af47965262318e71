/** Telegram's formatted text as React nodes. No HTML is ever parsed: what is not known is shown as plain text. */

import { Fragment, type ReactNode } from "react";
import type { MessageEntity } from "@/live/types";
import classes from "./entities.module.css";

const SAFE_SCHEMES = new Set(["http:", "https:", "mailto:", "tel:", "tg:"]);

/** Renders text with its entities. Offsets and lengths count UTF-16 units, as Telegram and JavaScript both do. */
export function formatted(text: string, entities: readonly MessageEntity[]): ReactNode {
  const inside = entities
    .filter((each) => each.length > 0 && each.offset >= 0 && each.offset < text.length)
    .toSorted((a, b) => a.offset - b.offset || b.length - a.length);
  return nodes(text, 0, text.length, inside);
}

/** The part of the text from `start` to `end`, with the entities that begin in it, outermost first. */
function nodes(text: string, start: number, end: number, entities: readonly MessageEntity[]): ReactNode {
  const parts: ReactNode[] = [];
  let at = start;
  let rest = entities;
  for (let first = rest[0]; first; first = rest[0]) {
    const from = Math.max(first.offset, at);
    const to = Math.min(first.offset + first.length, end);
    const within = rest.slice(1).filter((each) => each.offset < to);
    rest = rest.slice(1 + within.length);
    if (to <= from) continue;
    parts.push(text.slice(at, from));
    parts.push(
      <Fragment key={from}>{wrapped(first, text.slice(from, to), nodes(text, from, to, within))}</Fragment>,
    );
    at = to;
  }
  parts.push(text.slice(at, end));
  return parts.length === 1 ? parts[0] : parts;
}

function wrapped(entity: MessageEntity, text: string, inner: ReactNode): ReactNode {
  switch (entity.type) {
    case "bold":
      return <strong>{inner}</strong>;
    case "italic":
      return <em>{inner}</em>;
    case "underline":
      return <u>{inner}</u>;
    case "strike":
    case "strikethrough":
      return <s>{inner}</s>;
    case "code":
      return <code className={classes.code}>{inner}</code>;
    case "pre":
      return <pre className={classes.pre}>{inner}</pre>;
    case "blockquote":
      return <blockquote className={classes.quote}>{inner}</blockquote>;
    case "spoiler":
      return <Spoiler>{inner}</Spoiler>;
    case "url":
      return link(text, inner);
    case "text_url":
    case "text_link":
      return link(entity.url ?? "", inner);
    case "email":
      return link(`mailto:${text}`, inner);
    case "phone":
    case "phone_number":
      return link(`tel:${text.replace(/[^+\d]/g, "")}`, inner);
    case "gap":
      return <mark className={classes.gap}>{inner}</mark>;
    case "mention":
    case "mention_name":
    case "hashtag":
    case "cashtag":
    case "bot_command":
      return <span className={classes.mention}>{inner}</span>;
    default:
      return inner;
  }
}

function Spoiler({ children }: { children: ReactNode }) {
  return (
    <details className={classes.spoiler}>
      <summary>▒▒▒</summary>
      {children}
    </details>
  );
}

function link(address: string, inner: ReactNode): ReactNode {
  const href = safeAddress(address);
  if (!href) return inner;
  return (
    <a className={classes.link} href={href} target="_blank" rel="noopener noreferrer">
      {inner}
    </a>
  );
}

/** The address as something a browser may open, or null. An address without a scheme is taken as https. */
export function safeAddress(address: string): string | null {
  const withScheme = /^[a-z][a-z\d+.-]*:/i.test(address) && !/^[^/]*\.[^/]*:\d/.test(address);
  const candidate = withScheme ? address : `https://${address}`;
  if (!URL.canParse(candidate)) return null;
  const url = new URL(candidate);
  return SAFE_SCHEMES.has(url.protocol) ? url.href : null;
}
