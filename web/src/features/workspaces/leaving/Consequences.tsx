/** What becomes of somebody's things here when they leave or are removed. */

import { Trans } from "@lingui/react/macro";
import { List } from "@mantine/core";

export function Consequences({ isOwn = false }: { isOwn?: boolean }) {
  return (
    <List spacing="xs" size="sm">
      <List.Item>
        {isOwn ? (
          <Trans>You are shut out at once, also from pages you have open.</Trans>
        ) : (
          <Trans>They are shut out at once, also from pages they have open.</Trans>
        )}
      </List.Item>
      <List.Item>
        {isOwn ? (
          <Trans>Your Telegram accounts are logged out here and their sessions destroyed.</Trans>
        ) : (
          <Trans>Their Telegram accounts are logged out here and their sessions destroyed.</Trans>
        )}
      </List.Item>
      <List.Item>
        {isOwn ? (
          <Trans>Open invitations you made are revoked.</Trans>
        ) : (
          <Trans>Open invitations they made are revoked.</Trans>
        )}
      </List.Item>
      <List.Item>
        <Trans>Chats, columns, values and the activity log stay.</Trans>
      </List.Item>
    </List>
  );
}
