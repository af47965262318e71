/** What the composer of an open chat is for, and how the keyboard and a kept draft change that. */

import { useCallback, useEffect, useState } from "react";
import type { Message } from "@/live/types";
import { useDraft, useTalk } from "../ChatsProvider";
import type { Purpose } from "./Composer";
import type { ChatLog } from "./log";

const NEW: Purpose = { kind: "new" };

interface Purposes {
  purpose: Purpose;
  reply: (to: Message) => void;
  edit: (message: Message) => void;
  /** Changes the last message of one's own. */
  editLast: () => void;
  /** Answers the message before (-1) or after (1) the one that is answered; past the newest nothing is answered. */
  stepReply: (step: -1 | 1) => void;
  /** Back to a new message. */
  cancel: () => void;
}

/** A draft answers what it answered when it was typed, in whichever browser that was. */
export function usePurpose(chatId: string, log: ChatLog): Purposes {
  const talk = useTalk();
  const [purpose, setPurpose] = useState<Purpose>(NEW);
  const keptReplyTo = useDraft(chatId).replyToId;
  const answer = useCallback(
    (to: Message | undefined) => {
      setPurpose(to ? { kind: "reply", to } : NEW);
      const draft = talk.draft(chatId);
      const replyToId = to?.id ?? null;
      if (draft.text !== "" && draft.replyToId !== replyToId) talk.type(chatId, { ...draft, replyToId });
    },
    [talk, chatId],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when the draft or the log arrives; then it is the person's.
  useEffect(() => {
    const to = log.messages.find((each) => each.id === keptReplyTo);
    if (to && purpose.kind === "new") setPurpose({ kind: "reply", to });
  }, [keptReplyTo, log.isLoaded]);
  return {
    purpose,
    reply: answer,
    edit: useCallback((message) => setPurpose({ kind: "edit", message }), []),
    editLast: () => {
      const last = log.messages.findLast((each) => each.direction === "out");
      if (last) setPurpose({ kind: "edit", message: last });
    },
    stepReply: (step) => {
      const { messages } = log;
      const at =
        purpose.kind === "reply" ? messages.findIndex((each) => each.id === purpose.to.id) : messages.length;
      if (at + step >= 0) answer(messages[at + step]);
    },
    cancel: useCallback(() => answer(undefined), [answer]),
  };
}
