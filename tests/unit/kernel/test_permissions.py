"""The table of who may do what (product.md section 3), row by row."""

import pytest

from chalicelib.kernel.permissions import RULES, TOGGLES, Action, Flag, Grants, Toggle, refusal_of
from chalicelib.kernel.roles import Role

FOR_EVERYBODY = {
    Action.SEE_CRM,
    Action.EDIT_VALUES,
    Action.ADD_OPTIONS,
    Action.CONNECT_ACCOUNTS,
    Action.USE_ACCOUNTS,
    Action.ASK_TO_LEAVE,
    Action.READ_ACTIVITY,
}
BY_DEFAULT_FOR_MEMBERS = {
    Action.MANAGE_EXCLUDED,
    Action.CREATE_TICKETS,
    Action.EDIT_TICKETS,
    Action.DELETE_TICKETS,
}
FOR_OWNERS_ALONE = {
    Action.TRANSFER_OWNERSHIP,
    Action.CHANGE_TOGGLES,
    Action.MANAGE_BILLING,
    Action.DELETE_WORKSPACE,
}


def allowed(role: Role, *flags: Flag, **toggles: bool) -> set[Action]:
    """What somebody may."""
    switched = {Toggle(name): is_on for name, is_on in toggles.items()}
    return set(Grants(role=role, flags=frozenset(flags), toggles=switched).allowed())


def test_every_action_has_its_rule_and_every_toggle_its_default() -> None:
    assert set(RULES) == set(Action)
    assert set(TOGGLES) == set(Toggle)


def test_a_member_of_a_new_workspace_may_what_the_defaults_give() -> None:
    assert allowed(Role.MEMBER) == FOR_EVERYBODY | BY_DEFAULT_FOR_MEMBERS


def test_an_admin_may_all_that_is_not_the_owners_alone() -> None:
    assert allowed(Role.ADMIN) == set(Action) - FOR_OWNERS_ALONE


def test_an_owner_may_everything() -> None:
    assert allowed(Role.OWNER) == set(Action)


@pytest.mark.parametrize(
    ("flag", "action"),
    [
        (Flag.MANAGE_COLUMNS, Action.MANAGE_COLUMNS),
        (Flag.VIEW_GROUP_MEMBERS, Action.VIEW_GROUP_MEMBERS),
        (Flag.VIEW_GROUP_MANAGEMENT, Action.VIEW_GROUP_MANAGEMENT),
    ],
)
def test_a_flag_gives_one_member_one_action(flag: Flag, action: Action) -> None:
    assert allowed(Role.MEMBER, flag) - allowed(Role.MEMBER) == {action}


@pytest.mark.parametrize(
    ("toggle", "action"),
    [
        (Toggle.SEE_ALL_ANALYTICS, Action.SEE_ALL_ANALYTICS),
        (Toggle.MANAGE_EXCLUDED, Action.MANAGE_EXCLUDED),
        (Toggle.EXPORT_DATA, Action.EXPORT_DATA),
        (Toggle.SHARE_TEMPLATES, Action.SHARE_TEMPLATES),
        (Toggle.CREATE_TICKETS, Action.CREATE_TICKETS),
        (Toggle.EDIT_TICKETS, Action.EDIT_TICKETS),
        (Toggle.DELETE_TICKETS, Action.DELETE_TICKETS),
    ],
)
def test_a_toggle_gives_members_one_action_and_takes_it(toggle: Toggle, action: Action) -> None:
    assert allowed(Role.MEMBER, **{toggle: True}) - allowed(Role.MEMBER, **{toggle: False}) == {action}
    assert allowed(Role.ADMIN, **{toggle: True}) == allowed(Role.ADMIN, **{toggle: False})


def test_without_tickets_nobody_works_on_tickets() -> None:
    tickets = {Action.CREATE_TICKETS, Action.EDIT_TICKETS, Action.DELETE_TICKETS}
    for role in Role:
        assert allowed(role, **{Toggle.TICKETS: False}) & tickets == set()


def test_a_refusal_says_who_may() -> None:
    refusal = refusal_of(Action.EXPORT_DATA)
    assert refusal.standing == {
        "action": "data.export",
        "allowed_to": "Admins and Owners; Members while “members_export_data” is on",
    }
