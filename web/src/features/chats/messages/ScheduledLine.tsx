/** Above the composer: how many messages wait to be sent. */

import { Plural } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { CalendarClock } from "lucide-react";
import { useScheduled } from "../ChatsProvider";
import classes from "./ScheduledDialog.module.css";

export function ScheduledLine({ chatId, onOpen }: { chatId: string; onOpen: () => void }) {
  const count = useScheduled(chatId).length;
  if (count === 0) return null;
  return (
    <Button
      className={classes.line}
      size="compact-sm"
      variant="subtle"
      leftSection={<CalendarClock size={14} />}
      onClick={onOpen}
    >
      <Plural value={count} one="# scheduled message" other="# scheduled messages" />
    </Button>
  );
}
