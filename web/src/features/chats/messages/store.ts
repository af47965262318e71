/** Message bodies, in this tab's memory and nowhere else: they are never put into any storage of the browser. */

import type { Message } from "@/live/types";
import { type ChatLog, emptyLog } from "./log";

/** The logs of the chats opened in this tab and the newest message of each chat. */
export class MessageStore {
  readonly #logs = new Map<string, ChatLog>();
  readonly #previews = new Map<string, Message>();
  readonly #listeners = new Set<() => void>();

  log(chatId: string): ChatLog {
    return this.#logs.get(chatId) ?? emptyLog;
  }

  preview(chatId: string): Message | undefined {
    return this.#previews.get(chatId);
  }

  /** Every chat whose messages, or newest message, this tab holds. */
  chatIds(): string[] {
    return [...new Set([...this.#logs.keys(), ...this.#previews.keys()])];
  }

  /** Every chat that has texts on their way or not sent. */
  chatsWithOutgoing(): string[] {
    return [...this.#logs].filter(([, log]) => log.outgoing.length > 0).map(([chatId]) => chatId);
  }

  change(chatId: string, how: (log: ChatLog) => ChatLog): void {
    const before = this.log(chatId);
    const after = how(before);
    if (after === before) return;
    this.#logs.set(chatId, after);
    const newest = after.isLoaded ? after.messages.at(-1) : undefined;
    if (newest) this.#previews.set(chatId, newest);
    this.#tell();
  }

  setPreviews(previews: Readonly<Record<string, Message>>): void {
    for (const [chatId, message] of Object.entries(previews)) this.#previews.set(chatId, message);
    this.#tell();
  }

  /** Shows a message as the chat's newest unless a newer one is known. An edit has the id of the newest. */
  offerPreview(chatId: string, message: Message): void {
    if ((this.#previews.get(chatId)?.id ?? 0) > message.id) return;
    this.#previews.set(chatId, message);
    this.#tell();
  }

  /** Takes a deleted message out of the list; the one before it is shown when this tab knows it. */
  dropPreview(chatId: string, ids: readonly number[]): void {
    const shown = this.#previews.get(chatId);
    if (!shown || !ids.includes(shown.id)) return;
    const before = this.log(chatId).messages.findLast((each) => !ids.includes(each.id));
    if (before) this.#previews.set(chatId, before);
    else this.#previews.delete(chatId);
    this.#tell();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
