"""What each request is answered with, where that is more than that it was done. docs/api/live.md is made from this.

Message, draft and reaction are written out once, there. `?` marks what may be missing.
"""

from collections.abc import Mapping
from typing import Final

_SENT: Final = '{state: "sent", message: Message, or null where it was deleted since'
_PROGRESS: Final = '{state: "queued"} or {state: "sending"}, and then `send.changed` tells how it ended'

RESULTS: Final[Mapping[str, str]] = {
    "account.standing": "what `standing.changed` carries",
    "chat.face": "{data: data URL of a small picture, or null}",
    "chat.history": "{messages: [Message], oldest first; has_more, has_newer?}",
    "chat.info": "{kind, title, username, about, person: {common_groups: [{chat_id, title, is_listed}]} or null, "
    "group: {member_count, role, is_basic, may_see_members, management: {rights, denied, invite_link, slow_mode_s} or "
    "null} or null}",
    "chat.marks": "{unread_count, read_out_up_to, is_marked_unread, draft: Draft or null}",
    "chat.members": "{members: [{id, name, username, role, rank, rights}], count, has_more}",
    "chat.pinned": "{messages: [Message]}",
    "chat.previews": "{previews: {chat id: Message}, drafts: {chat id: Draft}, marked_unread: {chat id: true}}",
    "chat.read": "{unread_count}",
    "chat.search": "{messages: [Message], has_more}",
    "group.create": "{chat_id, missing: how many could not be brought in}",
    "group.link": "{invite_link}",
    "login.code": '{state: "done", account_id} or {state: "password_needed", hint}',
    "login.password": '{state: "done", account_id}',
    "login.phone": '{where: "app", "sms" or "call", length, resend_after_s}',
    "media.cancel": "{is_withdrawn: whether Telegram had not been told yet}",
    "media.open": '{state: "ready", url, expires_at} or {state: "fetching", done, total}, in bytes',
    "media.send": f"{_SENT}, messages?: [Message]}}, {_PROGRESS}",
    "media.thumb": "{data: data URL of a small picture, or null}",
    "media.upload": "{upload_id, url, fields}: a form to post the file with",
    "message.edit": "{message: Message}",
    "message.forward": f"{_SENT}, messages?: [Message]}}, {_PROGRESS}",
    "message.get": "{messages: [Message]}",
    "message.react": "{reactions: [Reaction]}",
    "message.send": f"{_SENT}}}, {_PROGRESS}",
    "people.find": "{chat_id, title, username, kind, is_listed, is_member, is_verified, is_suspect}",
    "scheduled.change": "{message: Message}",
    "scheduled.list": "{messages: [Message]}",
    "search.messages": "{accounts: [{account_id, hits: [{chat_id, title, kind, message}], next_cursor, problem: "
    "{code, title} or null}]}",
    "sessions.list": "{sessions: [{id, device, app, place, ip, since, active_at, is_ours, is_new}]}",
}
