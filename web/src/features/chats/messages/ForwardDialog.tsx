/** Asks which chat of the same account a message goes to, and hands it to the outbox; how that ends is told later. */

import { useLingui } from "@lingui/react/macro";
import { Stack, TextInput, UnstyledButton } from "@mantine/core";
import { Search } from "lucide-react";
import { useState } from "react";
import { VList } from "virtua";
import { Dialog } from "@/components/Dialog";
import type { Chat } from "@/lib/api/types";
import { notifyDone, notifyProblem } from "@/lib/notify";
import { problemText } from "@/lib/problemText";
import { useWorkspace } from "@/lib/session";
import type { Message } from "@/live/types";
import { ChatFace } from "../ChatFace";
import { useMessageStore, useOutbox } from "../ChatsProvider";
import { useChats } from "../cache";
import { listed } from "../inbox/filter";
import classes from "./ForwardDialog.module.css";
import { albumIds } from "./log";

interface ForwardDialogProps {
  chat: Chat;
  message: Message;
  onClose: () => void;
}

export function ForwardDialog({ chat, message, onClose }: ForwardDialogProps) {
  const { t } = useLingui();
  const [search, setSearch] = useState("");
  const { chats } = useChats(useWorkspace().id);
  const wish = { filter: undefined, accountId: chat.account_id, search, openChatId: undefined };
  const forward = useForward(chat.id, message);
  const send = (to: Chat) => {
    forward(to).then(
      () => notifyDone(t`Forwarded to ${to.title}`),
      (error: unknown) => notifyProblem(t`Not forwarded to ${to.title}. ${problemText(error)}`),
    );
    onClose();
  };
  return (
    <Dialog opened onClose={onClose} title={t`Forward to…`}>
      <Stack gap="sm">
        <TextInput
          data-autofocus
          aria-label={t`Search chats`}
          placeholder={t`Search chats`}
          leftSection={<Search size={16} aria-hidden />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        <div className={classes.chats}>
          <VList>
            {listed(chats, wish).map((each) => (
              <UnstyledButton key={each.id} className={classes.chat} onClick={() => send(each)}>
                <ChatFace chat={each} size={32} />
                <span dir="auto">{each.title}</span>
              </UnstyledButton>
            ))}
          </VList>
        </div>
      </Stack>
    </Dialog>
  );
}

/** Forwards the message, or all of its album. Ends when it was sent; raises why it was not. */
function useForward(fromChatId: string, message: Message): (to: Chat) => Promise<void> {
  const outbox = useOutbox();
  const store = useMessageStore();
  return (to) => {
    const messageIds = albumIds(store.log(fromChatId), message);
    return outbox.forward(to.id, message, { fromChatId, messageIds });
  };
}
