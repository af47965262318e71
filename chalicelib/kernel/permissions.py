"""Who may do what in a workspace: one table of actions by role, flag and toggle (product.md section 3).

The edge asks it for each route, use cases ask it again, the web app and docs/permissions.md are written from it.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from chalicelib.kernel.errors import Forbidden
from chalicelib.kernel.records import record
from chalicelib.kernel.roles import Role


class Toggle(StrEnum):
    """What an Owner switches for the whole workspace."""

    SEE_ALL_ANALYTICS = "members_see_all_analytics"
    MANAGE_EXCLUDED = "members_manage_excluded_chats"
    EXPORT_DATA = "members_export_data"
    SHARE_TEMPLATES = "members_share_templates"
    TICKETS = "tickets_enabled"
    CREATE_TICKETS = "members_create_tickets"
    EDIT_TICKETS = "members_edit_tickets"
    DELETE_TICKETS = "members_delete_tickets"
    ATTRIBUTION = "message_attribution"
    REQUIRE_SECOND_FACTOR = "require_second_factor"


@record
class Switch:
    """What a toggle means, and how it stands in a new workspace."""

    is_on: bool
    meaning: str


TOGGLES: Final[Mapping[Toggle, Switch]] = {
    Toggle.SEE_ALL_ANALYTICS: Switch(is_on=False, meaning="Members see everybody's analytics, not only their own."),
    Toggle.MANAGE_EXCLUDED: Switch(is_on=True, meaning="Members choose which chats stay out of the table."),
    Toggle.EXPORT_DATA: Switch(is_on=False, meaning="Members export the workspace's data."),
    Toggle.SHARE_TEMPLATES: Switch(is_on=False, meaning="Members share broadcast templates, not only Admins."),
    Toggle.TICKETS: Switch(is_on=True, meaning="The workspace works with tickets."),
    Toggle.CREATE_TICKETS: Switch(is_on=True, meaning="Members create tickets."),
    Toggle.EDIT_TICKETS: Switch(is_on=True, meaning="Members edit tickets."),
    Toggle.DELETE_TICKETS: Switch(is_on=True, meaning="Members delete tickets."),
    Toggle.ATTRIBUTION: Switch(is_on=False, meaning="Who sent each message is kept beyond the sending itself."),
    Toggle.REQUIRE_SECOND_FACTOR: Switch(is_on=False, meaning="Everybody here signs in with a second factor."),
}


class Flag(StrEnum):
    """What an Admin grants one member."""

    MANAGE_COLUMNS = "manage_columns"
    VIEW_GROUP_MEMBERS = "view_group_members"
    VIEW_GROUP_MANAGEMENT = "view_group_management"


class Action(StrEnum):
    """Everything a role, flag or toggle decides."""

    SEE_CRM = "crm.see"
    EDIT_VALUES = "values.edit"
    ADD_OPTIONS = "options.add"
    MANAGE_COLUMNS = "columns.manage"
    CONNECT_ACCOUNTS = "accounts.connect"
    USE_ACCOUNTS = "accounts.use"
    MANAGE_EXCLUDED = "chats.exclude"
    VIEW_GROUP_MEMBERS = "groups.members.see"
    VIEW_GROUP_MANAGEMENT = "groups.management.see"
    SEE_ALL_ANALYTICS = "analytics.see_all"
    SHARE_TEMPLATES = "templates.share"
    CREATE_TICKETS = "tickets.create"
    EDIT_TICKETS = "tickets.edit"
    DELETE_TICKETS = "tickets.delete"
    ASK_TO_LEAVE = "leaving.ask"
    DECIDE_LEAVING = "leaving.decide"
    INVITE = "members.invite"
    MANAGE_MEMBERS = "members.manage"
    TRANSFER_OWNERSHIP = "ownership.transfer"
    CHANGE_SETTINGS = "settings.change"
    CHANGE_TOGGLES = "toggles.change"
    MANAGE_BILLING = "billing.manage"
    READ_ACTIVITY = "activity.read"
    SEE_ADDRESSES = "activity.addresses.see"
    EXPORT_ACTIVITY = "activity.export"
    EXPORT_DATA = "data.export"
    IMPORT_DATA = "data.import"
    SEE_IMPORTS = "data.imports.see"
    DELETE_WORKSPACE = "workspace.delete"


@record
class Rule:
    """Who may: `least` and every role above it; a Member also by their own `flag` or while `toggle` is on.

    `feature` shuts the action for everybody while it is off.
    """

    least: Role
    meaning: str
    flag: Flag | None = None
    toggle: Toggle | None = None
    feature: Toggle | None = None

    def allowed_to(self) -> str:
        """Who may, in words."""
        ways = [_ROLES[self.least]]
        if self.flag is not None:
            ways.append(f"Members with the flag “{self.flag}”")
        if self.toggle is not None:
            ways.append(f"Members while “{self.toggle}” is on")
        return "; ".join(ways)


_ROLES: Final = {Role.MEMBER: "everybody", Role.ADMIN: "Admins and Owners", Role.OWNER: "Owners"}

RULES: Final[Mapping[Action, Rule]] = {
    Action.SEE_CRM: Rule(least=Role.MEMBER, meaning="See the CRM layer"),
    Action.EDIT_VALUES: Rule(least=Role.MEMBER, meaning="Edit values of columns and fields, comment, set reminders"),
    Action.ADD_OPTIONS: Rule(least=Role.MEMBER, meaning="Add a select option while editing a cell"),
    Action.MANAGE_COLUMNS: Rule(
        least=Role.ADMIN, flag=Flag.MANAGE_COLUMNS, meaning="Create, change and delete columns and ticket fields"
    ),
    Action.CONNECT_ACCOUNTS: Rule(least=Role.MEMBER, meaning="Connect and disconnect Telegram accounts of one's own"),
    Action.USE_ACCOUNTS: Rule(least=Role.MEMBER, meaning="Work with Telegram accounts and in the inbox"),
    Action.MANAGE_EXCLUDED: Rule(least=Role.ADMIN, toggle=Toggle.MANAGE_EXCLUDED, meaning="Manage excluded chats"),
    Action.VIEW_GROUP_MEMBERS: Rule(least=Role.ADMIN, flag=Flag.VIEW_GROUP_MEMBERS, meaning="View group members"),
    Action.VIEW_GROUP_MANAGEMENT: Rule(
        least=Role.ADMIN, flag=Flag.VIEW_GROUP_MANAGEMENT, meaning="View group management"
    ),
    Action.SEE_ALL_ANALYTICS: Rule(
        least=Role.ADMIN, toggle=Toggle.SEE_ALL_ANALYTICS, meaning="See everybody's analytics"
    ),
    Action.SHARE_TEMPLATES: Rule(least=Role.ADMIN, toggle=Toggle.SHARE_TEMPLATES, meaning="Share broadcast templates"),
    Action.CREATE_TICKETS: Rule(
        least=Role.ADMIN, toggle=Toggle.CREATE_TICKETS, feature=Toggle.TICKETS, meaning="Create tickets"
    ),
    Action.EDIT_TICKETS: Rule(
        least=Role.ADMIN, toggle=Toggle.EDIT_TICKETS, feature=Toggle.TICKETS, meaning="Edit tickets"
    ),
    Action.DELETE_TICKETS: Rule(
        least=Role.ADMIN, toggle=Toggle.DELETE_TICKETS, feature=Toggle.TICKETS, meaning="Delete tickets"
    ),
    Action.ASK_TO_LEAVE: Rule(least=Role.MEMBER, meaning="Ask to leave, and withdraw the request"),
    Action.DECIDE_LEAVING: Rule(least=Role.ADMIN, meaning="Approve or deny leave requests"),
    Action.INVITE: Rule(least=Role.ADMIN, meaning="Invite people"),
    Action.MANAGE_MEMBERS: Rule(least=Role.ADMIN, meaning="Remove members, change their role, flags and alias"),
    Action.TRANSFER_OWNERSHIP: Rule(least=Role.OWNER, meaning="Hand the workspace over to another member"),
    Action.CHANGE_SETTINGS: Rule(least=Role.ADMIN, meaning="Change the workspace's name, logo and settings"),
    Action.CHANGE_TOGGLES: Rule(least=Role.OWNER, meaning="Change what Members may"),
    Action.MANAGE_BILLING: Rule(least=Role.OWNER, meaning="Manage seats and billing"),
    Action.READ_ACTIVITY: Rule(least=Role.MEMBER, meaning="Read the activity log"),
    Action.SEE_ADDRESSES: Rule(least=Role.ADMIN, meaning="See addresses and devices in the activity log"),
    Action.EXPORT_ACTIVITY: Rule(least=Role.ADMIN, meaning="Export the activity log"),
    Action.EXPORT_DATA: Rule(least=Role.ADMIN, toggle=Toggle.EXPORT_DATA, meaning="Export the workspace's data"),
    Action.IMPORT_DATA: Rule(least=Role.ADMIN, meaning="Import data"),
    Action.SEE_IMPORTS: Rule(least=Role.ADMIN, meaning="See what was imported"),
    Action.DELETE_WORKSPACE: Rule(least=Role.OWNER, meaning="Delete the workspace"),
}


class PermissionMissing(Forbidden):
    """The caller belongs to the workspace and may not do this; `standing` names the action and who may."""

    code = "permission-missing"
    title = "You may not do this in this workspace."


@record
class Grants:
    """What a member's role, their flags and the workspace's toggles come to."""

    role: Role
    flags: frozenset[Flag] = frozenset()
    toggles: Mapping[Toggle, bool]

    def is_on(self, toggle: Toggle) -> bool:
        """How a toggle stands; one that was never touched as it does in a new workspace."""
        return self.toggles.get(toggle, TOGGLES[toggle].is_on)

    def allow(self, action: Action) -> bool:
        """Whether the member may. Under a microsecond (bench `permission_check`)."""
        rule = RULES[action]
        if rule.feature is not None and not self.is_on(rule.feature):
            return False
        if self.role.rank >= rule.least.rank:
            return True
        return (rule.flag is not None and rule.flag in self.flags) or (
            rule.toggle is not None and self.is_on(rule.toggle)
        )

    def allowed(self) -> list[Action]:
        """Everything the member may, in the table's order."""
        return [action for action in RULES if self.allow(action)]


def refusal_of(action: Action) -> PermissionMissing:
    """The refusal of an action, which says who may."""
    who = RULES[action].allowed_to()
    return PermissionMissing(f"{RULES[action].meaning}: {who}.", standing={"action": action.value, "allowed_to": who})
