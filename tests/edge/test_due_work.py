"""Which due work waits for which neighbour: mail that hangs holds up letters and nothing else."""

import re
from datetime import timedelta

from chalicelib import due_work
from chalicelib.services import Services
from tests.api_client import ApiClient
from tests.hand_clock import HandClock
from tests.people import PASSWORD, Mailbox, People, deliver


def test_every_kind_of_work_is_named_after_what_is_done_to_what() -> None:
    kinds = [*due_work.HANDLERS, *due_work.POSTMEN, *due_work.ERASERS]
    assert [kind for kind in kinds if not re.fullmatch(r"[a-z_]+\.[a-z]+(_[a-z]+)*", kind)] == []
    assert len(set(kinds)) == len(kinds)


def test_only_the_lane_of_letters_waits_for_mail(
    api: ApiClient, people: People, mailbox: Mailbox, clock: HandClock, calls_made: list[str]
) -> None:
    olga, max_ = people.new("Olga"), people.new("Max")
    people.join(max_, olga)
    deliver()
    before = {each: len(mailbox.of(each)) for each in (olga.email, max_.email)}
    base = f"/workspaces/{olga.workspace_id}/leave-request"
    assert api.put(base, {"reason": "Done here"}, max_.browser).status == 200
    approve = f"/workspaces/{olga.workspace_id}/leave-requests/{max_.user_id}/deny"
    assert api.post(approve, None, olga.browser).status == 204
    assert api.post("/password-resets", {"email": olga.email}).status == 202
    wish = {"email": f"new.{olga.email}", "proof": {"password": PASSWORD}}
    assert api.post("/me/email", wish, olga.browser).status == 202
    leave = {"proof": {"password": PASSWORD}, "now": False}
    assert api.post("/me/deletion", leave, max_.browser).status in (200, 202)
    clock.advance(timedelta(minutes=5))
    calls_made.clear()
    while due_work.poller().tick():
        pass
    assert "SendEmail" not in calls_made
    deliver()
    assert {each: len(mailbox.of(each)) - count for each, count in before.items()} == {olga.email: 2, max_.email: 2}
    assert len(mailbox.of(f"new.{olga.email}")) == 1


def test_the_schedule_sends_letters_after_all_else(
    api: ApiClient, people: People, mailbox: Mailbox, on_test_clock: Services
) -> None:
    olga = people.new("Olga")
    deliver()
    before = len(mailbox.of(olga.email))
    assert api.post("/password-resets", {"email": olga.email}).status == 202
    due_work.tick()
    assert len(mailbox.of(olga.email)) == before + 1
