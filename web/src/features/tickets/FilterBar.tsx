/** What narrows the list: words, and one of each of status, priority, assignee and state. All stands in the address. */

import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { X } from "lucide-react";
import { SearchField } from "@/components/SearchField";
import { useChats } from "@/features/chats/cache";
import { useWorkspace } from "@/lib/session";
import { Choice, type Option } from "./Choice";
import { useAssigneeOptions, usePriorityOptions, useStatusOptions } from "./choices";
import { slaOrder } from "./orders";
import classes from "./Tickets.module.css";
import { isFiltered, ME, NOBODY, type TicketsWish, unfiltered } from "./wish";
import { slaStates } from "./words";

interface FilterBarProps {
  wish: TicketsWish;
  onWish: (wish: TicketsWish) => void;
}

export function FilterBar({ wish, onWish }: FilterBarProps) {
  const { t } = useLingui();
  const facets = useFacets();
  const set = (part: keyof TicketsWish) => (value: string) => onWish({ ...wish, [part]: value || undefined });
  return (
    <div className={classes.bar}>
      <SearchField
        className={classes.search}
        label={t`Search tickets`}
        placeholder={t`Search tickets`}
        value={wish.q ?? ""}
        onChange={set("q")}
      />
      {facets.map(({ part, label, options }) => (
        <Choice
          key={part}
          label={label}
          value={wish[part] ?? ""}
          options={[{ value: "", label }, ...options]}
          isReadOnly={false}
          onChange={set(part)}
        />
      ))}
      <ChatFilter wish={wish} onWish={onWish} />
      {isFiltered(wish) && (
        <Button variant="subtle" size="compact-sm" onClick={() => onWish(unfiltered(wish))}>
          {t`Clear`}
        </Button>
      )}
    </div>
  );
}

type Facet = "status" | "priority" | "assignee" | "sla";

function useFacets(): { part: Facet; label: string; options: Option<string>[] }[] {
  const { t, i18n } = useLingui();
  const people = useAssigneeOptions(null).slice(1);
  const assignees = [{ value: ME, label: t`Me` }, { value: NOBODY, label: t`Nobody` }, ...people];
  const sla = slaOrder.map((value) => ({ value, label: i18n._(slaStates[value].name) }));
  return [
    {
      part: "status",
      label: t`Any status`,
      options: [{ value: "unsolved", label: t`Not done` }, ...useStatusOptions()],
    },
    { part: "priority", label: t`Any priority`, options: usePriorityOptions() },
    { part: "assignee", label: t`Anybody`, options: assignees },
    { part: "sla", label: t`Any SLA`, options: sla },
  ];
}

/** A list that was opened from a chat shows that chat's tickets alone. */
function ChatFilter({ wish, onWish }: FilterBarProps) {
  const { t } = useLingui();
  const { chats } = useChats(useWorkspace().id);
  if (wish.chat === undefined) return null;
  const title = chats.find((each) => each.id === wish.chat)?.title ?? "…";
  return (
    <Button
      variant="default"
      size="compact-sm"
      rightSection={<X size={14} aria-hidden />}
      aria-label={t`Tickets of all chats, not only ${title}`}
      onClick={() => onWish({ ...wish, chat: undefined })}
    >
      <span dir="auto">{title}</span>
    </Button>
  );
}
