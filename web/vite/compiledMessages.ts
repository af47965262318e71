import { createCompiledCatalog } from "@lingui/cli/api";
import type { Plugin } from "vite";

/** A node of the syntax tree, as far as it is looked at. */
interface Node {
  type: string;
  start: number;
  end: number;
  [field: string]: unknown;
}

/**
 * Compiles the message of each text where it stands, so that a chunk brings its own texts and no visit loads them all.
 *
 * Lingui's macro leaves `{ id, message }` behind, and its runtime shows a compiled message where no catalogue has the
 * id. English needs no catalogue then; another language loads its own.
 */
export function compiledMessages(): Plugin {
  return {
    name: "compiled-messages",
    apply: "build",
    transform: {
      order: "post",
      filter: { id: /\/src\/.*\.tsx?$/, code: "message:" },
      handler(code) {
        const messages = messagesIn(this.parse(code) as unknown as Node);
        return messages.length === 0 ? null : { code: withCompiled(code, messages), map: null };
      },
    },
  };
}

/** The literal of every message below a node. */
function messagesIn(node: Node): Node[] {
  const own = node.type === "ObjectExpression" ? messageOf(node) : undefined;
  const below = Object.values(node).flatMap((field) => [field].flat().filter(isNode));
  return [...(own ? [own] : []), ...below.flatMap(messagesIn)];
}

function messageOf(object: Node): Node | undefined {
  const [id, message] = ["id", "message"].map((name) => literalOf(object, name));
  return id && message;
}

function literalOf(object: Node, name: string): Node | undefined {
  const properties = (object.properties as Node[]).filter(({ type }) => type === "Property");
  const found = properties.find(({ key }) => isNode(key) && [key.name, key.value].includes(name));
  return isNode(found?.value) && typeof found.value.value === "string" ? found.value : undefined;
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value && "start" in value;
}

function withCompiled(code: string, messages: readonly Node[]): string {
  const inOrder = messages.toSorted((one, other) => one.start - other.start);
  const compiled = compile(inOrder.map(({ value }) => value as string));
  const parts = inOrder.map(({ start }, at) => code.slice(inOrder[at - 1]?.end ?? 0, start) + compiled[at]);
  return parts.join("") + code.slice(inOrder.at(-1)?.end);
}

/** Each message as code. A message that is no ICU message fails the build. */
function compile(texts: readonly string[]): string[] {
  const catalogue = Object.fromEntries(texts.map((text, at) => [String(at), text]));
  const { source, errors } = createCompiledCatalog("en", catalogue, { namespace: "json" });
  if (errors[0]) throw errors[0].error;
  const { messages } = JSON.parse(source) as { messages: Record<string, unknown> };
  return texts.map((_, at) => JSON.stringify(messages[at]));
}
