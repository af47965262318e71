/** What admins may, and what members may be denied, in words; by Telegram's names. */

import { useLingui } from "@lingui/react/macro";

export function useAdminsRights(): Record<string, string> {
  const { t } = useLingui();
  return {
    change_info: t`Change name, picture and description`,
    delete_messages: t`Delete messages of others`,
    ban_users: t`Remove and ban members`,
    invite_users: t`Invite people`,
    pin_messages: t`Pin messages`,
    post_messages: t`Post in the channel`,
    edit_messages: t`Edit posts of others`,
    add_admins: t`Make others admins`,
  };
}

export function useMembersRights(): Record<string, string> {
  const { t } = useLingui();
  return {
    send_messages: t`Write messages`,
    send_media: t`Send media`,
    send_stickers: t`Send stickers and GIFs`,
    send_polls: t`Send polls`,
    embed_links: t`Show link previews`,
    invite_users: t`Add people`,
    pin_messages: t`Pin messages`,
    change_info: t`Change name, picture and description`,
  };
}
