/** The templates that what is typed after `/` looks for, each as this chat would get it. The field keeps the focus. */

import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { VisuallyHidden } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type RefObject, useEffect, useId, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { ErrorState, LoadingRows } from "@/components/StateBlock";
import { TextLink } from "@/components/TextLink";
import { useAccounts } from "@/features/accounts/accounts";
import { useColumns } from "@/features/fields/columns";
import type { Formatted } from "@/features/formatting/formatting";
import type { Chat, TemplateCard } from "@/lib/api/types";
import { notifyProblem } from "@/lib/notify";
import { problemText } from "@/lib/problemText";
import { useWorkspace } from "@/lib/session";
import { FileCount } from "../FileCount";
import { Filled } from "../Filled";
import { leftIn } from "../gaps";
import { templateQuery, useTemplateNews, useTemplates } from "../templates";
import { valuesOf } from "../values";
import { render, type Values } from "../variables";
import type { Carry } from "./carried";
import { found } from "./found";
import type { PickerKeys } from "./slash";
import classes from "./TemplatePicker.module.css";

interface TemplatePickerProps {
  chat: Chat;
  search: string;
  field: RefObject<HTMLTextAreaElement | null>;
  keys: RefObject<PickerKeys | null>;
  /** Puts a text in place of what was typed. */
  onFill: (filled: Formatted) => void;
  /** Has the files go along; undefined where none can. */
  onCarry: Carry | undefined;
}

export function TemplatePicker(props: TemplatePickerProps) {
  const { t } = useLingui();
  const { data, error, refetch } = useTemplates();
  useTemplateNews();
  const cards = found(data?.templates ?? [], props.search);
  return (
    <section className={classes.picker} aria-label={t`Templates`}>
      {!data && error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <LoadingRows rows={3} height={36} />}
      {data && cards.length === 0 && <NothingFound {...props} hasAny={data.templates.length > 0} />}
      {cards.length > 0 && <Choice {...props} cards={cards} />}
    </section>
  );
}

function NothingFound({ keys, hasAny }: TemplatePickerProps & { hasAny: boolean }) {
  const { id } = useWorkspace();
  useKeys(keys, () => undefined);
  return (
    <p className={classes.nothing} role="status">
      {hasAny ? (
        <Trans>No template matches. Enter sends what you typed.</Trans>
      ) : (
        <Trans>
          There are no templates yet.{" "}
          <TextLink to="/w/$ws/templates" params={{ ws: id }}>
            Write one
          </TextLink>
        </Trans>
      )}
    </p>
  );
}

function Choice({
  chat,
  cards,
  search,
  field,
  keys,
  onFill,
  onCarry,
}: TemplatePickerProps & { cards: TemplateCard[] }) {
  const { t } = useLingui();
  const listId = useId();
  const [at, setAt] = useState({ search, place: 0 });
  const values = useValues(chat);
  const pick = usePick(values, { field, onFill, onCarry });
  const place = at.search === search ? Math.min(at.place, cards.length - 1) : 0;
  const chosen = cards[place];
  const step = (by: number) => setAt({ search, place: (place + by + cards.length) % cards.length });
  useActiveOption(field, listId, chosen?.id);
  useKeys(keys, (event) => {
    switch (event.key) {
      case "ArrowDown":
        return () => step(1);
      case "ArrowUp":
        return () => step(-1);
      case "Enter":
      case "Tab":
        return event.shiftKey || !chosen ? undefined : () => void pick(chosen);
    }
    return undefined;
  });
  return (
    <div className={classes.choice}>
      <VisuallyHidden role="status">
        <Plural value={cards.length} one="# template" other="# templates" />
      </VisuallyHidden>
      <div role="listbox" id={listId} aria-label={t`Templates`} className={classes.list}>
        {cards.map((card) => (
          <Option
            key={card.id}
            id={`${listId}-${card.id}`}
            card={card}
            isChosen={card === chosen}
            onPick={() => void pick(card)}
          />
        ))}
      </div>
      {chosen && <Preview card={chosen} values={values} />}
    </div>
  );
}

interface OptionProps {
  id: string;
  card: TemplateCard;
  isChosen: boolean;
  onPick: () => void;
}

function Option({ id, card, isChosen, onPick }: OptionProps) {
  const { t } = useLingui();
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isChosen) element.current?.scrollIntoView({ block: "nearest" });
  }, [isChosen]);
  return (
    // The field has the focus and its keys choose; what a pointer does is the same.
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys.
    // biome-ignore lint/a11y/useFocusableInteractive: the field points at it instead.
    <div
      ref={element}
      id={id}
      role="option"
      aria-selected={isChosen}
      className={classes.option}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onPick}
    >
      <span className={classes.name} dir="auto">
        {card.name}
      </span>
      <FileCount files={card.files} />
      {!card.is_shared && <span className={classes.own}>{t`Only you`}</span>}
      {card.shortcut && <kbd className={classes.shortcut}>/{card.shortcut}</kbd>}
    </div>
  );
}

/** The beginning stands there at once, the whole text as soon as it is read. */
function Preview({ card, values }: { card: TemplateCard; values: Values }) {
  const { t } = useLingui();
  const template = useQuery(templateQuery(useWorkspace().id, card.id, card.version)).data;
  return (
    <section className={classes.preview} aria-label={t`Preview`} dir="auto">
      {template ? <Filled rendered={render(template.text, template.entities, values)} /> : card.excerpt}
    </section>
  );
}

function useValues(chat: Chat): Values {
  const columns = useColumns(useWorkspace().id).data ?? [];
  const accounts = useAccounts().data?.accounts ?? [];
  return valuesOf(
    chat,
    accounts.find((each) => each.id === chat.account_id),
    columns,
  );
}

/** Puts a template into the field, its files beside it, and the cursor where something is left to fill in, else at the end. */
function usePick(
  values: Values,
  { field, onFill, onCarry }: Pick<TemplatePickerProps, "field" | "onFill" | "onCarry">,
) {
  const client = useQueryClient();
  const workspaceId = useWorkspace().id;
  return async ({ id, version }: TemplateCard) => {
    try {
      const template = await client.fetchQuery(templateQuery(workspaceId, id, version));
      const { text, entities } = render(template.text, template.entities, values);
      flushSync(() => onFill({ text, entities }));
      onCarry?.(template.files.map((file) => ({ file, fetched: null })));
      const [first] = leftIn(text);
      field.current?.focus();
      field.current?.setSelectionRange(first?.from ?? text.length, first?.to ?? text.length);
    } catch (error) {
      notifyProblem(problemText(error));
    }
  };
}

function useKeys(keys: RefObject<PickerKeys | null>, act: PickerKeys): void {
  useEffect(() => {
    keys.current = act;
    return () => {
      keys.current = null;
    };
  });
}

/** Tells a screen reader which option the arrow keys have come to, as the focus stays in the field. */
function useActiveOption(
  field: RefObject<HTMLTextAreaElement | null>,
  listId: string,
  chosenId: string | undefined,
): void {
  useEffect(() => {
    const element = field.current;
    if (!element || chosenId === undefined) return;
    element.setAttribute("aria-controls", listId);
    element.setAttribute("aria-activedescendant", `${listId}-${chosenId}`);
    return () => {
      element.removeAttribute("aria-controls");
      element.removeAttribute("aria-activedescendant");
    };
  }, [field, listId, chosenId]);
}
