/** Changes of tickets: shown at once, sent one after the other, taken back with a reason where they are refused. */

import { ApiError } from "@/lib/api/errors";
import type { Ticket, TicketChange } from "@/lib/api/types";

/** What people change, without the version that goes with it. */
export type Parts = Omit<TicketChange, "version">;

export interface ShownTickets {
  read: (id: string) => Ticket | undefined;
  show: (ticket: Ticket) => void;
}

export interface RefusedChange {
  ticket: Ticket;
  parts: Parts;
  error: unknown;
  /** What somebody else made of the same parts first. */
  standing: Parts | undefined;
}

interface Flight {
  /** The ticket as the API had it last. */
  known: Ticket;
  /** What is shown and not confirmed yet, the oldest first. */
  waiting: Parts[];
  last: Promise<void>;
}

/** One a screen. Changes of one ticket wait for one another, so that none is refused for another of this tab's. */
export class TicketEdits {
  readonly #shown: ShownTickets;
  readonly #send: (id: string, body: TicketChange) => Promise<Ticket>;
  readonly #refused: (refused: RefusedChange) => void;
  readonly #flights = new Map<string, Flight>();

  constructor(
    shown: ShownTickets,
    send: (id: string, body: TicketChange) => Promise<Ticket>,
    refused: (refused: RefusedChange) => void,
  ) {
    this.#shown = shown;
    this.#send = send;
    this.#refused = refused;
  }

  /** Changes parts of a ticket. Resolves when the API has answered, whatever it said. */
  change(id: string, parts: Parts): Promise<void> {
    const seen = this.#shown.read(id);
    if (!seen) return Promise.resolve();
    const flight = this.#flights.get(id) ?? { known: seen, waiting: [], last: Promise.resolve() };
    this.#flights.set(id, flight);
    flight.waiting.push(parts);
    this.#shown.show(withParts(seen, parts));
    const seenVersion = seen.version;
    flight.last = flight.last.then(() => this.#fly(id, flight, parts, seenVersion));
    return flight.last;
  }

  /** Takes what somebody else made of a ticket; what waits here stays shown over it. */
  observe(ticket: Ticket): void {
    const flight = this.#flights.get(ticket.id);
    const known = flight?.known ?? this.#shown.read(ticket.id);
    if (known && known.version > ticket.version) return;
    if (flight) flight.known = ticket;
    this.#shown.show(overlaid(ticket, flight?.waiting ?? []));
  }

  async #fly(id: string, flight: Flight, parts: Parts, seenVersion: number): Promise<void> {
    // A version of this tab's own making was seen by whoever sits before it.
    const version = Math.max(seenVersion, this.#ownVersions.get(id) ?? 0);
    try {
      const answer = await this.#send(id, { ...parts, version });
      this.#ownVersions.set(id, answer.version);
      flight.known = answer.version >= flight.known.version ? answer : flight.known;
    } catch (error) {
      this.#refused({ ticket: flight.known, parts, error, standing: standingOf(error) });
      const standing = standingOf(error);
      if (standing) flight.known = withParts(flight.known, standing);
    }
    flight.waiting.shift();
    this.#shown.show(overlaid(flight.known, flight.waiting));
    if (flight.waiting.length === 0) this.#flights.delete(id);
  }

  readonly #ownVersions = new Map<string, number>();
}

/** What a change takes the place of. Of the values of own fields only those are named that it changes. */
export function partsAsBefore(ticket: Ticket, parts: Parts): Parts {
  const names = Object.keys(parts) as (keyof Parts & keyof Ticket)[];
  const before = Object.fromEntries(names.map((name) => [name, ticket[name]])) as Parts;
  if (!parts.values) return before;
  const values = Object.keys(parts.values).map((id) => [id, ticket.values[id] ?? null]);
  return { ...before, values: Object.fromEntries(values) };
}

function overlaid(ticket: Ticket, waiting: readonly Parts[]): Ticket {
  return waiting.reduce(withParts, ticket);
}

/** Of the values of own fields only those are named that change. */
function withParts(ticket: Ticket, parts: Parts): Ticket {
  return { ...ticket, ...parts, values: { ...ticket.values, ...parts.values } } as Ticket;
}

function standingOf(error: unknown): Parts | undefined {
  if (!(error instanceof ApiError) || error.code !== "ticket-changed") return undefined;
  const { parts, version } = error.standing as { parts: Parts; version: number };
  return { ...parts, ...({ version } as object) };
}
