/** What the composer of an open chat is for, and how the keyboard and a kept draft change that. */

import { useCallback, useEffect, useState } from "react";
import type { Message } from "@/live/types";
import { useDraft, useTalk } from "../ChatsProvider";
import type { Purpose } from "./Composer";
import { useOriginal } from "./history";
import type { ChatLog } from "./log";

const NEW: Purpose = { kind: "new" };

interface Purposes {
  purpose: Purpose;
  reply: (to: Message) => void;
  edit: (message: Message) => void;
  /** Opens a change that was refused again, unless something else is being written. */
  editAgain: (message: Message) => void;
  /** Changes the last message of one's own. */
  editLast: () => void;
  /** Answers the message before (-1) or after (1) the one that is answered; past the newest nothing is answered. */
  stepReply: (step: -1 | 1) => void;
  /** Back to the new message, and to what its draft answers where a change is left. */
  cancel: () => void;
}

/** A draft answers what it answered when it was typed, in whichever browser that was. */
export function usePurpose(chatId: string, log: ChatLog): Purposes {
  const talk = useTalk();
  const [purpose, setPurpose] = useState<Purpose>(NEW);
  const keptReplyTo = useDraft(chatId).replyToId;
  const known = log.messages.find((each) => each.id === keptReplyTo);
  const isFarBack = log.isLoaded && keptReplyTo !== null && !known;
  const fetched = useOriginal(chatId, keptReplyTo ?? 0, isFarBack).data;
  const kept = known ?? (isFarBack ? fetched : null) ?? undefined;
  const answer = useCallback(
    (to: Message | undefined) => {
      setPurpose(to ? { kind: "reply", to } : NEW);
      const draft = talk.draft(chatId);
      const replyToId = to?.id ?? null;
      const isToKeep = draft.text !== "" || to === undefined;
      if (isToKeep && draft.replyToId !== replyToId) talk.type(chatId, { ...draft, replyToId });
    },
    [talk, chatId],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when the draft or the log arrives; then it is the person's.
  useEffect(() => {
    if (kept && purpose.kind === "new") setPurpose({ kind: "reply", to: kept });
  }, [kept?.id]);
  const cancel = () => {
    if (purpose.kind !== "edit") return answer(undefined);
    talk.dropRefusedEdit(chatId, purpose.message.id);
    setPurpose(kept ? { kind: "reply", to: kept } : NEW);
  };
  return {
    purpose,
    reply: answer,
    edit: useCallback((message) => setPurpose({ kind: "edit", message }), []),
    editAgain: (message) => {
      if (talk.draft(chatId).text === "")
        setPurpose((now) => (now.kind === "edit" ? now : { kind: "edit", message }));
    },
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
    cancel,
  };
}
