/** Asks which chat of the same account a message goes to, and forwards it once. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Input, Stack, TextInput, UnstyledButton } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { Search } from "lucide-react";
import { useState } from "react";
import { VList } from "virtua";
import { Dialog } from "@/components/Dialog";
import { ApiError } from "@/lib/api/errors";
import type { Chat } from "@/lib/api/types";
import { notifyDone } from "@/lib/notify";
import { problemText } from "@/lib/problemText";
import { useWorkspace } from "@/lib/session";
import { useLive } from "@/live/LiveProvider";
import type { Message } from "@/live/types";
import { ChatFace } from "../ChatFace";
import { useMessageStore } from "../ChatsProvider";
import { useChats } from "../cache";
import { listed } from "../inbox/filter";
import { mintClientId } from "./clientId";
import classes from "./ForwardDialog.module.css";
import { albumIds } from "./log";

const TRIES = 4;

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
  const send = (to: Chat) =>
    forward.mutate(
      { to, clientId: mintClientId() },
      {
        onSuccess: () => {
          notifyDone(t`Forwarded to ${to.title}`);
          onClose();
        },
      },
    );
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
        {forward.error && <Input.Error role="alert">{problemText(forward.error)}</Input.Error>}
        <div className={classes.chats}>
          <VList>
            {listed(chats, wish).map((each) => (
              <UnstyledButton
                key={each.id}
                className={classes.chat}
                disabled={forward.isPending}
                onClick={() => send(each)}
              >
                <ChatFace chat={each} size={32} />
                <span dir="auto">{each.title}</span>
              </UnstyledButton>
            ))}
          </VList>
        </div>
        {forward.isPending && (
          <span role="status">
            <Trans>Forwarding…</Trans>
          </span>
        )}
      </Stack>
    </Dialog>
  );
}

/** The message, or all of its album. Repeats under the same client id where it is not known what happened: once. */
function useForward(fromChatId: string, message: Message) {
  const live = useLive();
  const store = useMessageStore();
  return useMutation({
    mutationFn: ({ to, clientId }: { to: Chat; clientId: string }) =>
      live.request("message.forward", {
        chat_id: to.id,
        from_chat_id: fromChatId,
        client_id: clientId,
        message_ids: albumIds(store.log(fromChatId), message),
      }),
    retry: (count, error) =>
      count < TRIES && error instanceof ApiError && (error.status === 0 || error.status === 503),
  });
}
