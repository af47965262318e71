"""Every kind of journal entry there is: a noun and what was done to it. docs/activity.md is written from it.

A change names its kind where it is made; tests/architecture/test_events.py holds that it stands here.
"""

from collections.abc import Mapping
from typing import Final

OF_WORKSPACES: Final[Mapping[str, str]] = {
    "workspace.created": "The workspace was founded.",
    "workspace.renamed": "It got another name.",
    "workspace.logo_changed": "It got another logo.",
    "workspace.logo_removed": "Its logo was taken away.",
    "workspace.deletion_requested": "An Owner asked for it to be deleted.",
    "workspace.deletion_undone": "The deletion was called off in time.",
    "workspace.erasing_begun": "What it holds began to be erased.",
    "toggles.changed": "An Owner changed what Members may.",
    "member.joined": "Somebody came in by an invitation.",
    "member.renamed": "A member is called something else now.",
    "member.role_changed": "A member got another role.",
    "member.flags_changed": "A member was granted or denied something by name.",
    "member.aliased": "A member got another display name.",
    "member.changed": "More than one of role, flags and alias of a member changed at once.",
    "member.removed": "A member was removed.",
    "member.left": "A member left, by themselves or because their request was approved.",
    "ownership.transferred": "An Owner handed the workspace over.",
    "ownership.inherited": "A member became Owner when the last one went.",
    "invite.created": "Somebody was invited.",
    "invite.resent": "An invitation got a new link and a new end.",
    "invite.revoked": "An invitation was taken back.",
    "leaving.asked": "A member asked to leave.",
    "leaving.withdrawn": "They withdrew the request.",
    "leaving.denied": "An Admin or Owner denied it.",
    "column.created": "A column was made.",
    "column.changed": "A column was renamed, or its options rearranged.",
    "column.option_added": "A member added an option while editing a cell.",
    "column.deleted": "A column was deleted; its values went out of sight at once.",
    "column.purge_started": "The values of a deleted column began to be removed.",
    "column.values_purged": "Some of them were removed; `old` has them by chat.",
    "column.purged": "All of them are removed.",
    "value.set": "A value of a chat was set or cleared.",
    "account.labelled": "A Telegram account got another label.",
    "account.holder_forgotten": "Somebody who left had connected it: that was forgotten.",
    "connection.opened": "A member connected an account and confirmed that it is theirs to use.",
    "connection.end_requested": "A member asked for their connection to be ended.",
    "connection.closed": "A connection was logged out at Telegram and destroyed.",
    "connection.lost": "Telegram ended a session or closed an account.",
    "activity.export_requested": "Somebody asked for the log as a file; `new` has the filters.",
    "activity.exported": "The file was written; `new` has how many entries it holds.",
    "staff.granted": "Staff of the installation were let into the workspace's health.",
    "staff.looked": "Staff looked at it.",
}
"""What stands in a workspace's activity log, and what it means."""

OF_PEOPLE: Final[Mapping[str, str]] = {
    "session.opened": "You signed in.",
    "session.refused": "Somebody tried to sign in as you and could not.",
    "session.ended": "A sign-in was ended.",
    "password.changed": "You changed your password.",
    "password.reset": "You set a new password by a link that was mailed to you.",
    "email_change.asked": "A change of your e-mail address was asked for.",
    "email.changed": "Your e-mail address changed.",
    "profile.renamed": "You changed your name or username.",
    "documents.accepted": "You accepted the legal documents as they stood.",
    "second_factor.enabled": "You turned the second factor on.",
    "second_factor.disabled": "You turned it off.",
    "second_factor.reset": "It was removed, since you had lost it.",
    "second_factor.reset_started": "Staff began to remove it, since somebody said you had lost it.",
    "second_factor.reset_announced": "You were written to about that.",
    "second_factor.reset_called_off": "That was called off.",
    "backup_codes.made": "You made new backup codes.",
    "login.linked": "A sign-in with another provider was linked.",
    "login.unlinked": "It was unlinked.",
    "account.deletion_requested": "You asked for your account to be deleted.",
    "account.deletion_undone": "You called that off in time.",
    "account.reset": "You disconnected every Telegram account and signed out everywhere.",
}
"""What stands in a person's own log, and what it means to them."""
