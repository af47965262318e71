/** What can be done with one message. */

import { Trans } from "@lingui/react/macro";
import { Menu } from "@mantine/core";
import { Copy, Pencil, Reply, Trash2 } from "lucide-react";
import type { MenuPanelProps } from "@/components/MenuOnDemand";
import type { Message } from "@/live/types";

/** The message and what happens to it. */
export interface MessageMenuSubject {
  message: Message;
  onReply: (message: Message) => void;
  onEdit: (message: Message) => void;
  onDelete: (message: Message) => void;
}

export default function MessageMenu({ target, subject }: MenuPanelProps<MessageMenuSubject>) {
  const { message, onReply, onEdit, onDelete } = subject;
  return (
    <Menu position="bottom-end" defaultOpened>
      <Menu.Target>{target}</Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<Reply size={16} />} onClick={() => onReply(message)}>
          <Trans>Reply</Trans>
        </Menu.Item>
        <Menu.Item
          leftSection={<Copy size={16} />}
          disabled={message.text === ""}
          onClick={() => void navigator.clipboard.writeText(message.text)}
        >
          <Trans>Copy text</Trans>
        </Menu.Item>
        {message.direction === "out" && (
          <>
            <Menu.Item leftSection={<Pencil size={16} />} onClick={() => onEdit(message)}>
              <Trans>Edit</Trans>
            </Menu.Item>
            <Menu.Item color="red" leftSection={<Trash2 size={16} />} onClick={() => onDelete(message)}>
              <Trans>Delete for everyone</Trans>
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
