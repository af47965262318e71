"""Routes of bulk edits: many chats, one value, a journal entry a chunk, one way back."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.features.bulk_edits import use_cases
from chalicelib.features.bulk_edits.model import BulkEditNotUndoable, StartBulkEdit
from chalicelib.features.bulk_edits.repository import BulkEdits
from chalicelib.features.bulk_edits.use_cases import running
from chalicelib.features.notifications.model import AboutKind, NoticeKind
from chalicelib.features.notifications.repository import Notices
from chalicelib.kernel import ids
from chalicelib.kernel.clock import utc_now
from chalicelib.kernel.errors import Unavailable
from chalicelib.kernel.ids import BulkEditId
from chalicelib.kernel.roles import Role
from tests.bulk_editing import Office
from tests.local_aws import LocalAws
from tests.scene import Desk, a_job, a_person, a_workspace, an_account, an_owner, chats_of, connected


@pytest.fixture
def office(local_aws: LocalAws) -> Office:
    return Office()


def test_every_chat_of_a_selection_gets_the_value(office: Office) -> None:
    office.put(office.chat_ids[0], "Lead")
    answer = office.edit("Won")
    assert answer.status == 202
    edit = answer.body
    assert (edit["state"], edit["chats"], edit["reached"], edit["changed"]) == ("done", 3, 3, 3)
    assert edit["undo_until"] is not None
    assert office.values() == ["Won", "Won", "Won"]
    assert office.browser.get(f"/bulk-edits/{edit['id']}").body == edit


def test_a_chat_that_has_it_already_is_left_alone(office: Office) -> None:
    office.put(office.chat_ids[1], "Won")
    assert office.edit("Won").body["changed"] == 2
    [_, chat, _] = office.browser.get("/chats").body["chats"]
    assert chat["values"][office.column]["version"] == 1


def test_chats_that_are_not_there_or_stay_out_are_passed_over(office: Office) -> None:
    path = f"/accounts/{office.account_id}/excluded-chats"
    office.browser.send("POST", path, {"chat_ids": [office.chat_ids[0]], "excluded": True})
    strange = ids.mint() + "0" * ids.PEER_LENGTH
    answer = office.edit("Won", None, *office.chat_ids, strange, "nonsense", office.chat_ids[1])
    assert (answer.body["chats"], answer.body["changed"]) == (4, 2)
    assert office.values() == ["Won", "Won"]


def test_a_field_of_the_chats_own_is_edited_the_same_way(office: Office) -> None:
    assert office.edit("high", "priority").body["changed"] == 3
    assert office.edit(office.owner.user_id, "assignee").body["changed"] == 3
    assert office.cards("priority") == ["high"] * 3
    assert office.cards("assignee") == [office.owner.user_id] * 3
    assert office.edit(None, "assignee").body["changed"] == 3
    assert office.cards("assignee") == [None] * 3


def test_chats_are_assigned_only_where_the_member_is_connected(office: Office) -> None:
    other = an_account(office.workspace_id, telegram_user_id=8)
    [foreign] = chats_of(office.workspace_id, other, 1)
    edit = office.edit(office.owner.user_id, "assignee", *office.chat_ids, foreign.id).body
    assert (edit["chats"], edit["changed"]) == (4, 3)
    assert office.browser.get(f"/chats/{foreign.id}").body["card"]["assignee"] is None


def test_an_entry_a_chunk_begins_and_ends_it_and_has_what_was_there(local_aws: LocalAws) -> None:
    office = Office(100)
    office.put(office.chat_ids[0], "Lead")
    edit = office.edit("Won").body
    begun, first, second, ended = office.log()
    assert begun == ("bulk_edit.started", {"field": office.field, "value": "Won", "chats": 100})
    assert (first[0], second[0]) == ("bulk_edit.chats_changed",) * 2
    assert first[1] == {"field": office.field, "value": "Won", office.chat_ids[0]: 2}
    assert ended == ("bulk_edit.done", {"chats": 100})
    entries = office.browser.get(f"/activity?target={edit['id']}").body["entries"]
    old = {chat_id: value for entry in entries for chat_id, value in (entry["old"] or {}).items()}
    assert old == dict.fromkeys(office.chat_ids) | {office.chat_ids[0]: "Lead"}


def test_it_is_taken_back_as_one_and_what_somebody_changed_since_stays(office: Office) -> None:
    first, second, third = office.chat_ids
    office.put(first, "Lead")
    edit = office.edit("Won").body
    office.put(second, "Lost", 1)
    undone = office.undo(edit).body
    assert (undone["state"], undone["restored"], undone["undo_until"]) == ("undone", 2, None)
    assert office.values() == ["Lead", "Lost", None]
    assert [kind for kind, _ in office.log()][-3:] == [
        "bulk_edit.undo_started",
        "bulk_edit.chats_restored",
        "bulk_edit.undone",
    ]
    assert third in office.log()[-2][1]


def test_a_value_somebody_set_to_the_same_again_is_theirs(office: Office) -> None:
    [chat_id, *_] = office.chat_ids
    edit = office.edit("Won", None, chat_id).body
    office.put(chat_id, "Lost", 1)
    office.put(chat_id, "Won", 2)
    assert office.undo(edit).body["restored"] == 0
    assert office.values()[0] == "Won"


def test_fields_of_the_chats_own_are_taken_back_too(office: Office) -> None:
    office.browser.send("PATCH", f"/chats/{office.chat_ids[0]}/card", {"version": 0, "priority": "low"})
    edit = office.edit("high", "priority").body
    office.browser.send("PATCH", f"/chats/{office.chat_ids[1]}/card", {"version": 1, "phone": "030123456"})
    assert office.undo(edit).body["restored"] == 3
    assert office.cards("priority") == ["low", None, None]
    assert office.cards("phone") == [None, "030123456", None]


def test_it_is_taken_back_once_and_within_a_day(office: Office) -> None:
    edit = office.edit("Won").body
    assert office.undo(edit).status == 202
    again = office.undo(edit)
    assert (again.status, again.code, again.body["standing"]) == (409, "bulk-edit-not-undoable", {"state": "undone"})
    late = BulkEditId(office.edit("Lost").body["id"])
    with pytest.raises(BulkEditNotUndoable):
        use_cases.undo_bulk_edit(late, tenant=an_owner(office.workspace_id, lambda: utc_now() + timedelta(hours=25)))
    in_time = an_owner(office.workspace_id, lambda: utc_now() + timedelta(hours=23))
    assert use_cases.undo_bulk_edit(late, tenant=in_time).restored == 3


def test_repeating_a_request_with_its_key_edits_once(office: Office) -> None:
    key = {"idempotency-key": ids.mint()}
    first = office.edit("Won", headers=key).body
    office.put(office.chat_ids[0], "Lost", 1)
    assert office.edit("Won", headers=key).body["id"] == first["id"]
    assert office.values()[0] == "Lost"


def failing_after(calls: int, work: Callable[..., Any]) -> Callable[..., Any]:
    """Work that succeeds so often and then is cut short."""
    left = [calls]

    def done(*args: Any, **options: Any) -> Any:
        if not left[0]:
            raise Unavailable
        left[0] -= 1
        return work(*args, **options)

    return done


def test_what_is_cut_short_goes_on_where_it_was_and_each_chunk_is_written_once(
    local_aws: LocalAws, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = Office(200)
    monkeypatch.setattr(running.Run, "step", failing_after(1, running.Run.step))
    edit = office.edit("Won").body
    assert (edit["state"], edit["reached"], edit["changed"]) == ("running", 80, 80)
    monkeypatch.undo()
    job = a_job(office.workspace_id)
    for _ in range(2):
        use_cases.go_on(BulkEditId(edit["id"]), tenant=job)
    done = office.browser.get(f"/bulk-edits/{edit['id']}").body
    assert (done["state"], done["changed"]) == ("done", 200)
    assert [kind for kind, _ in office.log()].count("bulk_edit.chats_changed") == 3
    [chat, *_] = office.browser.get("/chats").body["chats"]
    assert chat["values"][office.column]["set_by"] == office.owner.user_id


def test_nothing_more_is_written_into_a_column_that_is_deleted_meanwhile(
    local_aws: LocalAws, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = Office(100)
    monkeypatch.setattr(running.Run, "step", failing_after(1, running.Run.step))
    edit = office.edit("Won").body
    monkeypatch.undo()
    office.browser.send("DELETE", f"/columns/{office.column}")
    use_cases.go_on(BulkEditId(edit["id"]), tenant=a_job(office.workspace_id))
    done = office.browser.get(f"/bulk-edits/{edit['id']}").body
    assert (done["state"], done["changed"]) == ("done", 80)
    assert office.undo(done).body["restored"] == 0


def test_somebody_who_edits_a_chat_at_the_same_moment_is_not_written_over(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    move, theirs = BulkEdits.move, iter([office.chat_ids[0]])

    def meddled(*args: Any) -> None:
        for chat_id in theirs:
            office.put(chat_id, "Theirs")
        move(*args)

    monkeypatch.setattr(BulkEdits, "move", meddled)
    handle = office.owner.handle(office.workspace_id)
    wish = StartBulkEdit(chat_ids=office.chat_ids, field=office.field, value="Won")
    edit = use_cases.start_bulk_edit(wish, tenant=handle)
    assert edit.changed == 3
    undone = use_cases.undo_bulk_edit(edit.id, tenant=handle)
    assert (undone.restored, office.values()) == (3, ["Theirs", None, None])


BAD = [
    ({"field": "title", "value": "x"}, 422, "bulk-field-invalid"),
    ({"field": "column:nope", "value": "x"}, 422, "bulk-field-invalid"),
    ({"field": "column:" + "0" * 26, "value": "x"}, 404, "column-not-found"),
    ({"field": "priority", "value": "urgent"}, 422, "card-invalid"),
    ({"field": "email", "value": 7}, 422, "invalid"),
    ({"field": "assignee", "value": "nobody"}, 409, "assignee-not-connected"),
    ({"value": 7}, 422, "value-invalid"),
    ({"chat_ids": ["x"] * 1_001}, 422, "invalid"),
]


@pytest.fixture(scope="module")
def standing(local_aws: LocalAws) -> Office:
    return Office()


@pytest.mark.parametrize(("different", "status", "code"), BAD)
def test_what_no_chat_could_have_is_refused_and_nothing_is_begun(
    standing: Office, different: dict[str, Any], status: int, code: str
) -> None:
    body = {"chat_ids": standing.chat_ids, "field": standing.field, "value": "Won", **different}
    answer = standing.browser.send("POST", "/bulk-edits", body)
    assert (answer.status, answer.code) == (status, code)
    assert standing.log() == []
    assert standing.values() == [None] * 3


@pytest.mark.parametrize("bulk_edit_id", ["nope", "0" * 26])
def test_a_bulk_edit_nobody_made_is_not_there(standing: Office, bulk_edit_id: str) -> None:
    assert standing.browser.get(f"/bulk-edits/{bulk_edit_id}").code == "bulk-edit-not-found"
    assert standing.browser.send("POST", f"/bulk-edits/{bulk_edit_id}/undo").code == "bulk-edit-not-found"


class Shift:
    """Ada and Tim are connected to an account of six chats, Max, who owns the workspace, is not."""

    def __init__(self) -> None:
        self.ada, self.tim, self.max = a_person("Ada"), a_person("Tim"), a_person("Max")
        people = ((self.ada, Role.MEMBER), (self.tim, Role.MEMBER), (self.max, Role.OWNER))
        workspace_id = a_workspace(*people)
        account_id = an_account(workspace_id, self.ada, self.tim)
        connected(workspace_id, account_id, self.ada, self.tim)
        self.chat_ids = [chat.id for chat in chats_of(workspace_id, account_id, 6)]
        self.browser = Desk(person=self.max, workspace_id=workspace_id)

    def share_out(self, how: str, *chat_ids: str) -> list[dict[str, Any]]:
        """Share chats out among everybody."""
        among = [person.user_id for person in (self.ada, self.tim, self.max)]
        body = {"chat_ids": chat_ids or self.chat_ids, "among": among, "how": how}
        answer = self.browser.send("POST", "/assignments", body)
        assert answer.status == 202, answer.body
        edits: list[dict[str, Any]] = answer.body["bulk_edits"]
        return edits

    def assignees(self) -> list[str | None]:
        """Whose the chats are, in the order of their ids."""
        return [chat["card"]["assignee"] for chat in self.browser.get("/chats").body["chats"]]


def test_chats_are_assigned_in_turn_among_chosen_members_who_are_connected(local_aws: LocalAws) -> None:
    shift = Shift()
    edits = shift.share_out("round_robin")
    assert shift.assignees() == [shift.ada.user_id, shift.tim.user_id] * 3
    assert [(edit["value"], edit["changed"]) for edit in edits] == [(shift.ada.user_id, 3), (shift.tim.user_id, 3)]


def test_who_has_the_fewest_chats_gets_the_next(local_aws: LocalAws) -> None:
    shift = Shift()
    first, second, *others = shift.chat_ids
    shift.share_out("round_robin", first)
    shift.share_out("round_robin", second)
    shift.share_out("least_loaded", *others[:3])
    given_out = [assignee for assignee in shift.assignees() if assignee is not None]
    assert (given_out.count(shift.ada.user_id), given_out.count(shift.tim.user_id)) == (3, 2)


def test_of_many_chats_at_once_their_assignee_is_told_once(local_aws: LocalAws) -> None:
    shift = Shift()
    shift.share_out("round_robin")
    [listed] = Notices(a_job(shift.browser.workspace_id), shift.tim.user_id).newest(limit=10)
    assert (listed.notice.kind, listed.notice.about.kind) == (NoticeKind.CHAT_ASSIGNED, AboutKind.WORKSPACE)


def test_a_share_is_taken_back_by_itself(local_aws: LocalAws) -> None:
    shift = Shift()
    mine, _ = shift.share_out("round_robin")
    assert shift.browser.send("POST", f"/bulk-edits/{mine['id']}/undo").body["restored"] == 3
    assert shift.assignees() == [None, shift.tim.user_id] * 3


@pytest.mark.parametrize("bad", [{"among": []}, {"how": "by_lot"}, {"among": ["x"] * 51}])
def test_a_sharing_nobody_means_is_refused(standing: Office, bad: dict[str, Any]) -> None:
    body = {"chat_ids": standing.chat_ids, "among": [standing.owner.user_id], "how": "round_robin", **bad}
    assert standing.browser.send("POST", "/assignments", body).status == 422
