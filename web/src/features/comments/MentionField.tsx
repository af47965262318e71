/** A text field in which `@` offers the members of the workspace: arrows choose, Enter or Tab takes, Escape leaves. */

import { useLingui } from "@lingui/react/macro";
import { type KeyboardEvent, type RefObject, useEffect, useId, useMemo, useState } from "react";
import { GrowingField } from "@/components/GrowingField";
import { Initials } from "@/components/Initials";
import { memberName, useMembers } from "@/features/workspaces/members/members";
import classes from "./comments.module.css";
import { matching, mentioned, type Person, type Query, queryAt, type Words } from "./mentions";
import type { Commenting } from "./useCommenting";

interface MentionFieldProps {
  field: RefObject<HTMLTextAreaElement | null>;
  commenting: Pick<Commenting, "words" | "put" | "write" | "isTooLong">;
  label: string;
  placeholder: string;
  onSubmit: () => void;
  onLeave?: (() => void) | undefined;
}

export function MentionField({
  field,
  commenting,
  label,
  placeholder,
  onSubmit,
  onLeave,
}: MentionFieldProps) {
  const { words } = commenting;
  const listId = useId();
  const offer = useOffer(field, commenting);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const act = offer.actOf(event) ?? actOf(event, onSubmit, onLeave);
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
  return (
    <div className={classes.mentioning}>
      {offer.people.length > 0 && <Offer id={listId} {...offer} />}
      <GrowingField
        ref={field}
        aria-label={label}
        placeholder={placeholder}
        aria-autocomplete="list"
        aria-controls={offer.people.length > 0 ? listId : undefined}
        aria-activedescendant={offer.people.length > 0 ? `${listId}-${offer.at}` : undefined}
        isWrong={commenting.isTooLong}
        value={words.text}
        onChange={({ currentTarget }) => {
          commenting.write(currentTarget.value);
          offer.look(currentTarget.value, currentTarget.selectionStart);
        }}
        onSelect={({ currentTarget }) => offer.look(currentTarget.value, currentTarget.selectionStart)}
        onBlur={offer.leave}
        onKeyDown={onKeyDown}
      />
    </div>
  );
}

function actOf(event: KeyboardEvent, onSubmit: () => void, onLeave: (() => void) | undefined) {
  if (event.key === "Enter" && !event.shiftKey) return onSubmit;
  return event.key === "Escape" ? onLeave : undefined;
}

interface Offered {
  people: readonly Person[];
  at: number;
  take: (person: Person) => void;
}

function Offer({ id, people, at, take }: Offered & { id: string }) {
  const { t } = useLingui();
  return (
    <div id={id} role="listbox" aria-label={t`Mention a member`} className={classes.offer}>
      {people.map((person, index) => (
        // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus and names the chosen one.
        // biome-ignore lint/a11y/useKeyWithClickEvents: the field takes the keys.
        <div
          key={person.id}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === at}
          className={classes.option}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => take(person)}
        >
          <Initials name={person.name} size={24} />
          <bdi>{person.name}</bdi>
          <span className={classes.username}>@{person.username}</span>
        </div>
      ))}
    </div>
  );
}

function useOffer(
  field: RefObject<HTMLTextAreaElement | null>,
  { words, put }: MentionFieldProps["commenting"],
) {
  const people = usePeople();
  const [query, setQuery] = useState<Query | null>(null);
  const [at, setAt] = useState(0);
  const [caret, setCaret] = useState<number>();
  const found = query ? matching(people, query.words) : [];
  const chosen = Math.min(at, found.length - 1);
  useEffect(() => {
    // Only when the text with the name in it is on the page can the cursor stand behind it.
    if (caret === undefined) return;
    field.current?.setSelectionRange(caret, caret);
    setCaret(undefined);
  }, [caret, field]);
  const leave = () => setQuery(null);
  const take = (person: Person) => {
    if (!query) return;
    const end = query.from + 1 + query.words.length;
    const [next, behind]: [Words, number] = mentioned(words, query, end, person);
    put(next);
    setCaret(behind);
    leave();
    field.current?.focus();
  };
  const step = (by: number) => () => setAt((chosen + by + found.length) % found.length);
  return {
    people: found,
    at: chosen,
    take,
    leave,
    look: (text: string, position: number) => {
      const next = queryAt({ text, mentions: text === words.text ? words.mentions : [] }, position);
      if (next?.from !== query?.from) setAt(0);
      setQuery(next);
    },
    actOf: ({ key, shiftKey }: KeyboardEvent) => {
      const person = found[chosen];
      if (!person) return undefined;
      if (key === "ArrowDown") return step(1);
      if (key === "ArrowUp") return step(-1);
      if (key === "Escape") return leave;
      return (key === "Enter" || key === "Tab") && !shiftKey ? () => take(person) : undefined;
    },
  };
}

/** Everybody who can be mentioned. */
function usePeople(): readonly Person[] {
  const members = useMembers().data?.members;
  return useMemo(
    () =>
      (members ?? []).map((each) => ({ id: each.user_id, name: memberName(each), username: each.username })),
    [members],
  );
}
