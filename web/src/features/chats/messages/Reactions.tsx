/** The emoji a message was given; a click gives or takes back one's own. */

import { useLingui } from "@lingui/react/macro";
import { UnstyledButton } from "@mantine/core";
import { Smile } from "lucide-react";
import type { Message } from "@/live/types";
import { useReact } from "./messageChanges";
import classes from "./Reactions.module.css";

export function Reactions({ chatId, message }: { chatId: string; message: Message }) {
  const { t } = useLingui();
  const react = useReact(chatId);
  if (message.reactions.length === 0) return null;
  return (
    <div className={classes.reactions}>
      {message.reactions.map(({ emoji, count, mine }) => (
        <UnstyledButton
          key={emoji}
          className={classes.reaction}
          data-mine={mine === true}
          aria-pressed={mine === true}
          aria-label={emoji ? t`${emoji}, ${count}` : t`Other reaction, ${count}`}
          disabled={emoji === ""}
          onClick={() => react.mutate({ message, emoji })}
        >
          {emoji || <Smile size={14} aria-hidden />}
          <span>{count}</span>
        </UnstyledButton>
      ))}
    </div>
  );
}
