/** Markdown as React nodes. No HTML is ever made: markup inside the text is shown as the text it is. */

import { t } from "@lingui/core/macro";
import { List, Table } from "@mantine/core";
import { lexer, type MarkedToken, type Token, type Tokens } from "marked";
import { Fragment, type ReactNode } from "react";

import classes from "./Markdown.module.css";

const SAFE_SCHEMES = new Set(["http:", "https:", "mailto:", "tel:"]);
const LOWEST_HEADING = 6;

interface Props {
  text: string;
  /** What the page says above the text; a first heading that only repeats it is left out. */
  title: string;
}

/** Headings are drawn one level lower than written, since the page has its own. */
export function Markdown({ text, title }: Props) {
  const tokens = lexer(text);
  const first = tokens.find((token): token is Tokens.Heading => token.type === "heading");
  const isRepeated = first?.depth === 1 && first.text === title;
  return (
    <div className={classes.text}>{drawn(isRepeated ? tokens.filter((each) => each !== first) : tokens)}</div>
  );
}

function parts<T>(all: readonly T[], draw: (part: T) => ReactNode): ReactNode {
  // biome-ignore lint/suspicious/noArrayIndexKey: a text's parts have no identity but their place.
  return all.map((part, index) => <Fragment key={index}>{draw(part)}</Fragment>);
}

function drawn(tokens: readonly Token[] | undefined): ReactNode {
  return parts(tokens ?? [], (token) => block(token as MarkedToken));
}

function block(token: MarkedToken): ReactNode {
  switch (token.type) {
    case "heading":
      return heading(token);
    case "paragraph":
      return <p>{drawn(token.tokens)}</p>;
    case "blockquote":
      return <blockquote className={classes.note}>{drawn(token.tokens)}</blockquote>;
    case "list":
      return list(token);
    case "table":
      return table(token);
    case "code":
      return <pre>{token.text}</pre>;
    case "hr":
      return <hr />;
    case "space":
    case "def":
      return null;
    default:
      return inline(token);
  }
}

function inline(token: MarkedToken): ReactNode {
  switch (token.type) {
    case "text":
      return token.tokens ? drawn(token.tokens) : token.text;
    case "strong":
      return <strong>{drawn(token.tokens)}</strong>;
    case "em":
      return <em>{drawn(token.tokens)}</em>;
    case "del":
      return <s>{drawn(token.tokens)}</s>;
    case "codespan":
      return <code>{token.text}</code>;
    case "br":
      return <br />;
    case "link":
      return link(token.href, drawn(token.tokens));
    case "escape":
    case "image":
      return token.text;
    default:
      return token.raw;
  }
}

function heading({ depth, tokens }: Tokens.Heading): ReactNode {
  const Heading = `h${Math.min(depth + 1, LOWEST_HEADING)}` as "h2";
  return <Heading>{drawn(tokens)}</Heading>;
}

function list({ ordered, items }: Tokens.List): ReactNode {
  return (
    <List type={ordered ? "ordered" : "unordered"} spacing="xs" withPadding>
      {parts(items, (item) => (
        <List.Item>{drawn(item.tokens)}</List.Item>
      ))}
    </List>
  );
}

function table({ header, rows }: Tokens.Table): ReactNode {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: without it a keyboard can't scroll a wide table (WCAG 2.1.1).
    <section className={classes.wide} aria-label={t`Table`} tabIndex={0}>
      <Table verticalSpacing="sm" miw={440}>
        <Table.Thead>
          <Table.Tr>
            {parts(header, (cell) => (
              <Table.Th>{drawn(cell.tokens)}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {parts(rows, (cells) => (
            <Table.Tr>
              {parts(cells, (cell) => (
                <Table.Td>{drawn(cell.tokens)}</Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}

/** Addresses of this site and of safe schemes are links; of anything else only the text is left. */
function link(address: string, inner: ReactNode): ReactNode {
  const here = "https://wireroom.invalid";
  const url = URL.canParse(address, here) ? new URL(address, here) : null;
  if (url === null || !SAFE_SCHEMES.has(url.protocol)) return inner;
  const isOwn = url.origin === here;
  return (
    <a href={isOwn ? url.pathname + url.search + url.hash : url.href} rel="noopener noreferrer">
      {inner}
    </a>
  );
}
