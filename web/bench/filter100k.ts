/** What the bench `filter_100k_ms` runs in a browser: the table's own engine over made-up chats, against a plain sort. */

import { chatFields } from "@/features/chats/grid/chatFields";
import { systemColumnIds } from "@/features/chats/grid/systemColumns";
import type { Filter } from "@/features/views/filter/model";
import { predicateOf, standpointHere } from "@/features/views/filter/predicate";
import { type Sort, Sorter } from "@/features/views/order";
import type { Chat, Column } from "@/lib/api/types";

const NOW = Date.parse("2026-11-26T12:00:00Z");
const SYLLABLES = ["an", "be", "ko", "li", "mo", "ra", "so", "ta", "vi", "zu", "Ö", "ш"];

function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const options = Array.from({ length: 8 }, (_, id) => ({
  id: `O${id}`,
  name: `Option ${id}`,
  hue: "gray" as const,
}));
const column = (id: string, type: Column["type"]): Column => ({
  id,
  key: id,
  name: id,
  type,
  options: type === "select" ? options : [],
  archived_options: [],
  description: "",
  required: false,
  reserved: false,
  default: null,
  conversion: null,
  merge: null,
  position: 1,
  version: 1,
});
const columns = [
  column("stage", "select"),
  column("size", "number"),
  column("due", "date"),
  column("note", "text"),
];

const OWN: Chat["card"] = {
  assignee: null,
  priority: null,
  email: null,
  phone: null,
  first_name: null,
  last_name: null,
  version: 0,
  changed: {},
};

function chatsOf(count: number): Chat[] {
  const next = random(7);
  const pick = (many: number) => Math.floor(next() * many);
  const word = () => SYLLABLES[pick(SYLLABLES.length)] ?? "";
  const stored = (value: string | number) => ({
    value,
    version: 1,
    set_at: "2026-01-01T00:00:00Z",
    set_by: null,
    is_cut: false,
  });
  return Array.from({ length: count }, (_, id) => ({
    id: `C${id}`,
    account_id: `A${pick(5)}`,
    title: `${word()}${word()}${word()} ${word()}${word()} ${id}`,
    telegram_title: "",
    excluded: false,
    card: OWN,
    comments: pick(4),
    tickets: pick(2),
    kind: (["private", "group", "channel", "bot"] as const)[pick(4)] ?? "private",
    values: {
      stage: stored(`O${pick(8)}`),
      size: stored(pick(100_000)),
      due: stored(new Date(NOW + (pick(700) - 350) * 86_400_000).toISOString().slice(0, 10)),
      note: stored(`${word()}${word()}`),
    },
    private: {
      username: null,
      member_count: null,
      unread_count: pick(5),
      last_message_id: id,
      last_message_at: new Date(NOW - pick(10_000_000) * 1_000).toISOString(),
      last_direction: (["you", "contact"] as const)[pick(2)] ?? "you",
      pinned: false,
      invite_link: null,
      waiting_since: null,
      silent_since: null,
      answered: false,
    },
  }));
}

const names = Object.fromEntries(systemColumnIds.map((id) => [id, id]));
const fields = chatFields({
  columns,
  accounts: [],
  words: { names, kinds: {}, fields: {}, directions: {}, priorities: {} } as never,
  nowMs: () => NOW,
});
const filter: Filter = {
  all: [
    { field: "unread", is: "lte", value: 3 },
    {
      any: [
        { field: "title", is: "contains", value: "an" },
        { field: "column:due", is: "within", value: "next_90_days" },
      ],
    },
    { field: "column:stage", is: "none_of", value: ["O1", "O2"] },
  ],
};

/** Sorts that people choose in turn, each with the filter; the last is the one that is hardest. */
const SORTS: readonly (readonly Sort[])[] = [
  [{ field: "last_message_at", order: "down" }],
  [{ field: "column:size", order: "up" }],
  [
    { field: "column:stage", order: "up" },
    { field: "last_message_at", order: "down" },
  ],
  [{ field: "title", order: "up" }],
];

interface Measured {
  /** Milliseconds for each round, of all rows: filter and sort as the table does. */
  ours: number[];
  /** The same by a plain filter and a comparing sort. */
  plain: number[];
  taken: number;
}

function timed(work: () => number): [number, number] {
  const begun = performance.now();
  const count = work();
  return [performance.now() - begun, count];
}

function measure(count: number, rounds: number): Measured {
  const chats = chatsOf(count);
  const takes = predicateOf(filter, fields, standpointHere(null, new Date(NOW)));
  const sorter = new Sorter<Chat>();
  for (const sort of SORTS) sorter.order(chats, takes, sort, fields);
  const measured: Measured = { ours: [], plain: [], taken: 0 };
  for (let round = 0; round < rounds; round++) {
    const sort = SORTS[round % SORTS.length] ?? [];
    const [ours, taken] = timed(() => sorter.order(chats, takes, sort, fields).length);
    const [plain] = timed(() => plainly(chats, takes, sort).length);
    measured.ours.push(ours);
    measured.plain.push(plain);
    measured.taken = taken;
  }
  return measured;
}

function plainly(chats: readonly Chat[], takes: (chat: Chat) => boolean, sorts: readonly Sort[]): Chat[] {
  return chats.filter(takes).sort((a, b) => {
    for (const { field, order } of sorts) {
      const rank = fields.get(field)?.rank ?? (() => null);
      const [one, other] = [rank(a), rank(b)];
      const found =
        typeof one === "number" && typeof other === "number"
          ? one - other
          : String(one).localeCompare(String(other));
      if (found !== 0) return order === "up" ? found : -found;
    }
    return 0;
  });
}

Object.assign(globalThis, { measureFilter: measure });
