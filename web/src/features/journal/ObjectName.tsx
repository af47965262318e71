/** What an entry is about: its name, as a link where there is a page of it. */

import { Trans } from "@lingui/react/macro";

import { TextLink } from "@/components/TextLink";
import type { ActivityEntry } from "@/lib/api/types";
import { useWorkspace } from "@/lib/session";

import { isRecord } from "./diff";
import { nounOf } from "./events";
import classes from "./ObjectName.module.css";

/** Where people find the things of a noun. */
const pages = {
  account: "/w/$ws/settings/accounts",
  column: "/w/$ws/chats",
  connection: "/w/$ws/settings/accounts",
  invite: "/w/$ws/settings/members",
  leaving: "/w/$ws/settings/members",
  member: "/w/$ws/settings/members",
  ownership: "/w/$ws/settings/members",
  ticket_field: "/w/$ws/settings/tickets",
  ticket_sla: "/w/$ws/settings/tickets",
  seat: "/w/$ws/settings/billing",
  seats: "/w/$ws/settings/billing",
  subscription: "/w/$ws/settings/billing",
  checkout: "/w/$ws/settings/billing",
  customer: "/w/$ws/settings/billing",
  invoice: "/w/$ws/settings/billing",
  charge: "/w/$ws/settings/billing",
  template: "/w/$ws/templates",
  template_folder: "/w/$ws/templates",
  toggles: "/w/$ws/settings/general",
  view: "/w/$ws/chats",
  workspace: "/w/$ws/settings/general",
} as const;

type Entry = Pick<ActivityEntry, "kind" | "target" | "target_name" | "old" | "new">;

export function ObjectName({ entry }: { entry: Entry }) {
  const ws = useWorkspace().id;
  const noun = nounOf(entry.kind);
  const name = useName(entry);
  const className = classes.name ?? "";
  if (noun === "activity" || noun === "staff") return null;
  if (noun === "ticket") return <TicketName entry={entry} className={className} />;
  if (noun === "comment" && entry.target.length === TICKET_ID_LENGTH)
    return <TicketName entry={entry} className={className} />;
  if (noun === "activity" || noun === "staff" || noun === "due_work") return null;
  if (name === null) return <Gone />;
  if (noun === "value" || noun === "card" || noun === "chat" || noun === "comment") {
    const search = { peek: entry.target };
    return (
      <TextLink to="/w/$ws/chats" params={{ ws }} search={search} className={className} dir="auto">
        {name}
      </TextLink>
    );
  }
  if (!isPlaced(noun)) return <span className={className}>{name}</span>;
  return (
    <TextLink to={pages[noun]} params={{ ws }} className={className}>
      {name}
    </TextLink>
  );
}

/** A comment is on a chat or a ticket; a chat's id is longer. */
const TICKET_ID_LENGTH = 26;
/** After these there is no ticket to go to. */
const GONE_WITH_IT: ReadonlySet<string> = new Set([
  "ticket.deleted",
  "ticket.files_released",
  "ticket.comments_purged",
  "comment.purged",
]);

/** A ticket is called by its number, which every entry about itself says. */
function TicketName({ entry, className }: { entry: Entry; className: string }) {
  const ws = useWorkspace().id;
  const number = numberOf(entry.new) ?? numberOf(entry.old);
  if (GONE_WITH_IT.has(entry.kind)) return number === undefined ? <Gone /> : <span>#{number}</span>;
  return (
    <TextLink to="/w/$ws/tickets/$ticketId" params={{ ws, ticketId: entry.target }} className={className}>
      {number === undefined ? <Trans>A ticket</Trans> : `#${number}`}
    </TextLink>
  );
}

function numberOf(value: unknown): number | undefined {
  return isRecord(value) && typeof value.number === "number" ? value.number : undefined;
}

/** The workspace is called what it is called now; an invitation after whom it is for. */
function useName(entry: Entry) {
  const workspace = useWorkspace();
  const noun = nounOf(entry.kind);
  if (noun === "workspace" || noun === "toggles") return workspace.name;
  if (noun === "ticket_field")
    return textOf(entry.new, "name") ?? textOf(entry.old, "name") ?? <Trans>A deleted field</Trans>;
  if (noun === "ticket_sla") return <Trans>Tickets</Trans>;
  if (noun === "invite")
    return textOf(entry.new, "email") ?? textOf(entry.old, "email") ?? <Trans>Anyone with the link</Trans>;
  if (isPlaced(noun) && pages[noun] === "/w/$ws/settings/billing")
    return textOf(entry.new, "number") ?? <Trans>Plan and seats</Trans>;
  if (noun.startsWith("template") && isKeptPrivate(entry)) return <Trans>Somebody's own</Trans>;
  return entry.target_name || null;
}

/** Of what somebody keeps for themselves the log has only that there is something. */
function isKeptPrivate(entry: Entry): boolean {
  return [entry.old, entry.new].every((value) => !isRecord(value) || value.is_shared === false);
}

/** A text of an entry's value that is not empty. */
function textOf(value: unknown, name: string): string | undefined {
  const text = isRecord(value) ? value[name] : undefined;
  return typeof text === "string" && text !== "" ? text : undefined;
}

function isPlaced(noun: string): noun is keyof typeof pages {
  return noun in pages;
}

function Gone() {
  return (
    <span className={classes.gone}>
      <Trans>No longer here</Trans>
    </span>
  );
}
