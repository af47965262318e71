/** What goes on in chats besides messages: drafts, who is writing, what waits to be sent. In this tab's memory only. */

import { type Formatted, plain, sendable } from "@/features/formatting/formatting";
import { ApiError } from "@/lib/api/errors";
import type { Draft, Live, LiveEvents, Message } from "@/live/types";

/** A draft is kept at Telegram when nothing was typed for so long, and when its chat is left. */
const SAVE_AFTER_MS = 2_000;
const TYPING_EVERY_MS = 4_000;
/** Somebody who writes on is told of again before that. */
const TYPING_LASTS_MS = 6_000;

export interface Typist {
  id: string;
  name: string;
}

/** What is typed in a chat and what it answers. */
export interface Typed extends Formatted {
  readonly replyToId: number | null;
}

const nothingTyped: Typed = { ...plain, replyToId: null };
const nobody: readonly Typist[] = [];
const none: readonly Message[] = [];

export class Talk {
  readonly #live: Live;
  readonly #drafts = new Map<string, Typed>();
  /** Chats whose draft Telegram does not have yet. */
  readonly #unkept = new Set<string>();
  readonly #keeping = new Set<string>();
  /** The last text of a chat that left its field: Telegram may still tell of it as a draft. */
  readonly #sent = new Map<string, string>();
  readonly #pauses = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #shownTyping = new Map<string, number>();
  /** Changes of messages that were refused, by chat and message. */
  readonly #refusedEdits = new Map<string, Formatted>();
  readonly #typists = new Map<string, readonly Typist[]>();
  readonly #typingEnds = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #scheduled = new Map<string, readonly Message[]>();
  readonly #marked = new Set<string>();
  readonly #listeners = new Set<() => void>();

  constructor(live: Live) {
    this.#live = live;
  }

  /** Begins to listen; the returned function ends that and every timer. */
  start(): () => void {
    const ends = [
      this.#live.onWelcome(() => this.leaveAll()),
      this.#live.on("typing", (event) => this.#heardTyping(event)),
      this.#live.on("message.new", ({ chat_id, message }) => this.#stopped(chat_id, message.sender?.id)),
      this.#live.on("draft.changed", ({ chat_id, draft }) => this.offerDraft(chat_id, draft)),
      this.#live.on("scheduled.changed", ({ chat_id, message }) => this.#putScheduled(chat_id, message)),
      this.#live.on("scheduled.gone", ({ chat_id, message_ids }) =>
        this.#dropScheduled(chat_id, message_ids),
      ),
      this.#live.on("chat.marked", ({ chat_id, is_unread }) => this.setMarked(chat_id, is_unread)),
    ];
    return () => {
      this.leaveAll();
      for (const timer of this.#typingEnds.values()) clearTimeout(timer);
      for (const end of ends) end();
    };
  }

  draft(chatId: string): Typed {
    return this.#drafts.get(chatId) ?? nothingTyped;
  }

  typists(chatId: string): readonly Typist[] {
    return this.#typists.get(chatId) ?? nobody;
  }

  /** What waits to be sent, the next one first. */
  scheduled(chatId: string): readonly Message[] {
    return this.#scheduled.get(chatId) ?? none;
  }

  isMarked(chatId: string): boolean {
    return this.#marked.has(chatId);
  }

  /** The person typed: shown at once, to the other side too, and kept at Telegram after a pause. */
  type(chatId: string, typed: Typed): void {
    const isWriting = typed.text !== "" && typed.text !== this.draft(chatId).text;
    this.#drafts.set(chatId, typed);
    this.#unkept.add(chatId);
    this.#keepLater(chatId);
    if (isWriting) this.#showTyping(chatId);
    this.#tell();
  }

  /** Keeps what is typed in a chat, unless that is kept. */
  leave(chatId: string): void {
    clearTimeout(this.#pauses.get(chatId));
    if (this.#unkept.has(chatId) && !this.#keeping.has(chatId)) attempt(this.#keep(chatId));
  }

  /** The tab may be gone in a moment, or was offline until now. */
  leaveAll(): void {
    for (const chatId of this.#unkept) this.leave(chatId);
  }

  /** What was typed is on its way: Telegram forgets the draft with it. */
  sent(chatId: string): void {
    clearTimeout(this.#pauses.get(chatId));
    this.#unkept.delete(chatId);
    const { text } = this.draft(chatId);
    if (text !== "") this.#sent.set(chatId, text);
    this.#drafts.delete(chatId);
    this.#shownTyping.delete(chatId);
    this.#tell();
  }

  /** Takes over a draft as Telegram has it, unless the person is just typing another, or has sent that one. */
  offerDraft(chatId: string, draft: Draft | null): void {
    if (this.#unkept.has(chatId)) return;
    if (draft && draft.text.trim() === this.#sent.get(chatId)?.trim()) return;
    this.#sent.delete(chatId);
    if (draft) {
      const { text, entities, reply_to_id } = draft;
      this.#drafts.set(chatId, { text, entities, replyToId: reply_to_id });
    } else this.#drafts.delete(chatId);
    this.#tell();
  }

  /** What a message was to say when its change was refused. */
  refusedEdit(chatId: string, messageId: number): Formatted | undefined {
    return this.#refusedEdits.get(`${chatId} ${messageId}`);
  }

  holdRefusedEdit(chatId: string, messageId: number, written: Formatted): void {
    this.#refusedEdits.set(`${chatId} ${messageId}`, written);
  }

  /** The change was made after all, or given up. */
  dropRefusedEdit(chatId: string, messageId: number): void {
    this.#refusedEdits.delete(`${chatId} ${messageId}`);
  }

  setScheduled(chatId: string, messages: readonly Message[]): void {
    this.#scheduled.set(chatId, messages);
    this.#tell();
  }

  setMarked(chatId: string, isUnread: boolean): void {
    if (isUnread) this.#marked.add(chatId);
    else this.#marked.delete(chatId);
    this.#tell();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #keepLater(chatId: string): void {
    clearTimeout(this.#pauses.get(chatId));
    this.#pauses.set(
      chatId,
      setTimeout(() => this.leave(chatId), SAVE_AFTER_MS),
    );
  }

  #showTyping(chatId: string): void {
    const now = Date.now();
    if (now - (this.#shownTyping.get(chatId) ?? 0) < TYPING_EVERY_MS) return;
    this.#shownTyping.set(chatId, now);
    attempt(this.#live.request("chat.typing", { chat_id: chatId }));
  }

  #heardTyping({ chat_id, user, is_typing }: LiveEvents["typing"]): void {
    this.#stopped(chat_id, user.id);
    if (!is_typing) return;
    this.#typists.set(chat_id, [...this.typists(chat_id), user]);
    const timer = setTimeout(() => this.#stopped(chat_id, user.id), TYPING_LASTS_MS);
    this.#typingEnds.set(`${chat_id} ${user.id}`, timer);
    this.#tell();
  }

  #stopped(chatId: string, userId: string | undefined): void {
    const before = this.typists(chatId);
    const left = before.filter((each) => each.id !== userId);
    if (left.length === before.length) return;
    clearTimeout(this.#typingEnds.get(`${chatId} ${userId}`));
    this.#typists.set(chatId, left);
    this.#tell();
  }

  #putScheduled(chatId: string, message: Message): void {
    const others = this.scheduled(chatId).filter((each) => each.id !== message.id);
    const byTime = [...others, message].toSorted((a, b) => a.date.localeCompare(b.date) || a.id - b.id);
    this.setScheduled(chatId, byTime);
  }

  #dropScheduled(chatId: string, ids: readonly number[]): void {
    this.setScheduled(
      chatId,
      this.scheduled(chatId).filter((each) => !ids.includes(each.id)),
    );
  }

  /** One that fails stays to be kept, so that nothing from elsewhere is put over it. */
  async #keep(chatId: string): Promise<void> {
    const typed = this.draft(chatId);
    const { text, entities, replyToId } = typed;
    const reply = replyToId === null ? {} : { reply_to_id: replyToId };
    this.#keeping.add(chatId);
    try {
      await this.#live.request("chat.draft", {
        chat_id: chatId,
        text,
        entities: sendable(entities),
        ...reply,
      });
      if (this.draft(chatId) === typed) this.#unkept.delete(chatId);
      else if (this.#unkept.has(chatId)) this.#keepLater(chatId);
    } finally {
      this.#keeping.delete(chatId);
    }
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

/** A draft or a sign that is refused, or lost, is left alone: what is typed stays in this tab. */
function attempt(work: Promise<unknown>): void {
  work.catch((error: unknown) => {
    if (!(error instanceof ApiError)) throw error;
  });
}
