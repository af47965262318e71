/** The text of a template: written like a message, with the same looks, and with variables. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { Braces } from "lucide-react";
import { type KeyboardEvent, useId, useRef, useState } from "react";
import { GrowingField } from "@/components/GrowingField";
import { FormatBar } from "@/features/formatting/FormatBar";
import { followed, type MarkType, toggled, wordAround } from "@/features/formatting/formatting";
import { LinkField } from "@/features/formatting/LinkField";
import { lookOf } from "@/features/formatting/looks";
import { brokenIn } from "../variables";
import { type Draft, inserted } from "./draft";
import classes from "./TemplateEditor.module.css";
import { VariableField } from "./VariableField";

const TEXT_MAX = 4_096;

interface Props {
  draft: Draft;
  change: (changed: Partial<Draft>) => void;
  isReadOnly: boolean;
  problem: string | undefined;
}

export function TextField({ draft, change, isReadOnly, problem }: Props) {
  const { t } = useLingui();
  const id = useId();
  const [asks, setAsks] = useState<"link" | "variable">();
  const writing = useWriting(draft, change);
  const look = (type: MarkType) => (type === "text_link" ? setAsks("link") : writing.look(type));
  const close = () => {
    setAsks(undefined);
    writing.field.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const type = lookOf(event);
    if (!type || isReadOnly) return;
    look(type);
    event.preventDefault();
    event.stopPropagation();
  };
  const ownProblem = useOwnProblem(draft.text);
  const problemText = problem ?? ownProblem;
  return (
    <div>
      <label htmlFor={id} className={classes.label}>
        <Trans>Text</Trans>
      </label>
      {!isReadOnly && (
        <div className={classes.tools}>
          <FormatBar onLook={look} />
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<Braces size={14} aria-hidden />}
            aria-expanded={asks === "variable"}
            onClick={() => setAsks("variable")}
          >
            <Trans>Variable</Trans>
          </Button>
        </div>
      )}
      {asks === "link" && (
        <LinkField
          onLink={(url) => {
            writing.look("text_link", url);
            close();
          }}
          onCancel={close}
        />
      )}
      {asks === "variable" && (
        <VariableField
          onInsert={(variable) => {
            setAsks(undefined);
            writing.insert(variable);
          }}
          onCancel={close}
        />
      )}
      <GrowingField
        id={id}
        ref={writing.field}
        className={classes.text}
        aria-describedby={`${id}-count`}
        placeholder={t`What you send often`}
        readOnly={isReadOnly}
        isWrong={problemText !== undefined}
        value={draft.text}
        onChange={(event) => writing.write(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <div className={classes.count} id={`${id}-count`}>
        <span className={classes.problem} role={problemText ? "alert" : undefined}>
          {problemText}
        </span>
        <span className="tabular">
          {draft.text.length} / {TEXT_MAX}
        </span>
      </div>
    </div>
  );
}

/** What this side knows to be wrong before anybody is asked. */
function useOwnProblem(text: string): string | undefined {
  const { t } = useLingui();
  const [at] = brokenIn(text);
  if (text.length > TEXT_MAX) return t`This is longer than a message may be.`;
  if (at === undefined) return undefined;
  const letters = text.slice(at, at + 16);
  return t`“${letters}” is no variable. Braces alone are written \\{{.`;
}

function useWriting(draft: Draft, change: Props["change"]) {
  const { text, entities } = draft;
  const field = useRef<HTMLTextAreaElement>(null);
  const write = (next: string) => change({ text: next, entities: followed(entities, text, next) });
  const selection = (): [number, number] => {
    const { selectionStart = text.length, selectionEnd = text.length } = field.current ?? {};
    return [selectionStart, selectionEnd];
  };
  return {
    field,
    write,
    look: (type: MarkType, url?: string) => {
      const [from, to] = selection();
      const range = wordAround(text, { from, to });
      if (range.from < range.to) change({ entities: toggled(entities, type, range, url) });
      field.current?.focus();
    },
    insert: (variable: string) => {
      const [from, to] = selection();
      write(inserted(text, [from, to], variable));
      const end = from + variable.length;
      // The field has its new text, and the focus, when it was drawn again.
      requestAnimationFrame(() => {
        field.current?.focus();
        field.current?.setSelectionRange(end, end);
      });
    },
  };
}
