"""Deletions and erasings: whom an Owner is needed by, what may be typed, how an erasing adds up."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.features.privacy.model import Belonging, Kind, NameNotTyped, Profile, Step, Turn, begun
from chalicelib.kernel import ids
from chalicelib.kernel.ids import WorkspaceId
from chalicelib.kernel.roles import Role

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
LATER = NOW + timedelta(minutes=1)


@pytest.mark.parametrize("typed", ["", "acme", "Acme ", "Acme\u200b", "Асme"])
def test_a_name_is_typed_letter_by_letter(typed: str) -> None:
    profile = Profile(name="Acme", deletes_at=None)
    profile.require_typed("Acme")
    with pytest.raises(NameNotTyped):
        profile.require_typed(typed)


def test_a_workspace_has_to_go_when_its_time_has_come_and_not_before() -> None:
    assert not Profile(name="Acme", deletes_at=None).has_to_go(NOW)
    assert not Profile(name="Acme", deletes_at=LATER).has_to_go(NOW)
    assert Profile(name="Acme", deletes_at=NOW).has_to_go(NOW)


def place(role: Role, *, owners: int, members: int, deletes_at: datetime | None = None) -> Belonging:
    """Somebody's place in a workspace."""
    return Belonging(
        workspace_id=WorkspaceId(ids.mint()),
        name="Acme",
        role=role,
        owners=owners,
        members=members,
        deletes_at=deletes_at,
    )


@pytest.mark.parametrize(
    ("standing", "is_held_back", "goes_along"),
    [
        (place(Role.OWNER, owners=1, members=2), True, False),
        (place(Role.OWNER, owners=1, members=1), False, True),
        (place(Role.OWNER, owners=2, members=2), False, False),
        (place(Role.ADMIN, owners=1, members=2), False, False),
        (place(Role.MEMBER, owners=1, members=9), False, False),
        (place(Role.MEMBER, owners=1, members=9, deletes_at=LATER), False, False),
        (place(Role.OWNER, owners=1, members=2, deletes_at=LATER), False, True),
        (place(Role.OWNER, owners=2, members=2, deletes_at=LATER), False, False),
    ],
)
def test_only_the_last_owner_of_others_is_held_back_and_what_nobody_could_keep_goes_along(
    standing: Belonging, *, is_held_back: bool, goes_along: bool
) -> None:
    assert (standing.holds_back, standing.goes_along) == (is_held_back, goes_along)


def test_an_erasing_adds_up_what_its_turns_removed() -> None:
    erasing = begun(Kind.WORKSPACE, "W", NOW)
    first = erasing.after(Turn(next=Step.REMOVING_ROWS, reached="#A", counts={"rows": 5}), NOW)
    second = first.after(Turn(next=Step.REMOVING_ROWS, reached="#B", counts={"rows": 3, "files": 1}), LATER)
    assert second.counts == {"rows": 8, "files": 1}
    assert (second.reached, second.step_since, second.done_at) == ("#B", NOW, None)


def test_a_step_begins_when_the_one_before_it_ended_and_done_has_its_time() -> None:
    erasing = begun(Kind.PERSON, "U", NOW)
    told = erasing.after(Turn(next=Step.TELLING), LATER)
    assert told.step_since == LATER
    assert told.after(Turn(next=Step.DONE), LATER).done_at == LATER


def test_a_count_that_goes_on_adds_to_what_it_found_and_a_new_one_begins_at_nothing() -> None:
    counting = replace(begun(Kind.WORKSPACE, "W", NOW), step=Step.COUNTING, left=4)
    assert counting.found_before() == 0
    assert replace(counting, reached="#A").found_before() == 4
    assert replace(counting, reached="#A", left=None).found_before() == 0
