/** The newest pinned message on top of a chat; a click shows it in its place. */

import { Trans } from "@lingui/react/macro";
import { UnstyledButton, VisuallyHidden } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Pin } from "lucide-react";
import { useLive } from "@/live/LiveProvider";
import classes from "./PinnedBar.module.css";
import { showMessage } from "./showMessage";

export function PinnedBar({ chatId }: { chatId: string }) {
  const live = useLive();
  const pinned = useQuery({
    queryKey: ["pinned", chatId],
    queryFn: () => live.request("chat.pinned", { chat_id: chatId }),
    staleTime: 0,
    refetchOnWindowFocus: false,
  });
  const message = pinned.data?.messages[0];
  if (!message) return null;
  return (
    <UnstyledButton className={classes.bar} onClick={() => showMessage(chatId, message.id)}>
      <Pin size={16} aria-hidden className={classes.pin} />
      <VisuallyHidden>
        <Trans>Pinned message:</Trans>{" "}
      </VisuallyHidden>
      <span className={classes.words} dir="auto">
        {message.text || <Trans>Attachment</Trans>}
      </span>
    </UnstyledButton>
  );
}
