"""The order of columns: moved one by one, by two people at once, and as often as anybody likes."""

import threading

import pytest

from chalicelib.features.fields.model import STEP
from chalicelib.features.fields.use_cases import columns as use_cases
from tests.local_aws import LocalAws
from tests.office import Office


@pytest.fixture
def office(local_aws: LocalAws) -> Office:
    office = Office()
    for name in "ABCD":
        office.column(name=name)
    return office


def names(office: Office) -> str:
    """The columns' names in their order, tags as a full stop."""
    return "".join("." if column["reserved"] else column["name"] for column in office.columns())


def move(office: Office, name: str, after: str | None) -> int:
    known = {"." if column["reserved"] else column["name"]: column["id"] for column in office.columns()}
    wish = {"after": None if after is None else known[after]}
    return office.owner.send("POST", f"/columns/{known[name]}/move", wish).status


def test_a_column_is_put_behind_another_or_to_the_front(office: Office) -> None:
    assert names(office) == ".ABCD"
    assert move(office, "D", "A") == 200
    assert names(office) == ".ADBC"
    assert move(office, "C", None) == 200
    assert names(office) == "C.ADB"
    assert move(office, ".", "B") == 200
    assert names(office) == "CADB."


def test_repeating_a_move_changes_nothing(office: Office) -> None:
    move(office, "D", "A")
    before = office.columns()
    assert move(office, "D", "A") == 200
    assert move(office, "D", "D") == 200
    assert office.columns() == before


def test_two_who_move_at_once_both_get_their_wish(office: Office) -> None:
    movers = [threading.Thread(target=move, args=(office, name, "A")) for name in "BCD"]
    for mover in movers:
        mover.start()
    for mover in movers:
        mover.join(timeout=30)
    assert names(office).startswith(".A")
    assert sorted(names(office)) == sorted(".ABCD")


def test_a_move_leaves_open_dialogs_of_the_column_alone(office: Office) -> None:
    column = office.columns()[-1]
    move(office, "D", "A")
    answer = office.owner.send("PATCH", f"/columns/{column['id']}", {"name": "D", "version": column["version"]})
    assert answer.status == 200


def test_where_there_is_no_room_left_all_get_new_places_in_steps(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(use_cases, "_MOVED_AT_ONCE", 2)
    for _ in range(STEP.bit_length()):
        assert move(office, "B", "D") == 200
        assert move(office, "C", "D") == 200
    assert names(office) == ".ADCB"


def test_a_member_does_not_move_columns(office: Office) -> None:
    [_, first, *_] = office.columns()
    answer = office.member.send("POST", f"/columns/{first['id']}/move", {"after": None})
    assert (answer.status, answer.code) == (403, "permission-missing")
