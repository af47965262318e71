"""What waits to leave on a socket."""

import json
from typing import Any

import pytest

from session_worker.gateway.send_queue import MAX_WAITING, MAX_WAITING_BYTES, FellBehind, SendQueue


def taken(queue: SendQueue) -> list[dict[str, Any]]:
    return [json.loads(queue.take_now()) for _ in range(len(queue))]


def new_message(number: int) -> dict[str, Any]:
    return {"type": "message.new", "account_id": "A", "chat_id": "C", "message": {"id": number}}


async def test_events_are_numbered_as_they_leave_and_answers_are_not() -> None:
    queue = SendQueue()
    queue.put_event(new_message(1))
    queue.put_answer({"re": "c1", "type": "ok", "result": {}})
    queue.put_event(new_message(2))
    first, answer, second = taken(queue)
    assert (first["seq"], second["seq"]) == (1, 2)
    assert answer == {"re": "c1", "type": "ok", "result": {}}


async def test_a_newer_state_replaces_one_that_has_not_left_and_no_number_is_missing() -> None:
    queue = SendQueue()
    queue.put_event({"type": "chat.changed", "chat": {"id": "C", "title": "old"}})
    queue.put_event(new_message(1))
    queue.put_event({"type": "chat.changed", "chat": {"id": "C", "title": "new"}})
    frames = taken(queue)
    assert [frame["type"] for frame in frames] == ["message.new", "chat.changed"]
    assert frames[1]["chat"]["title"] == "new"
    assert [frame["seq"] for frame in frames] == [1, 2]


async def test_states_of_different_things_stay_apart() -> None:
    queue = SendQueue()
    for direction in ("in", "out"):
        queue.put_event({"type": "chat.read", "chat_id": "C", "direction": direction, "up_to_id": 1})
    queue.put_event({"type": "chat.read", "chat_id": "D", "direction": "in", "up_to_id": 1})
    assert len(queue) == 3


async def test_a_socket_that_takes_nothing_falls_behind_by_number() -> None:
    queue = SendQueue()
    for number in range(MAX_WAITING):
        queue.put_event(new_message(number))
    with pytest.raises(FellBehind):
        queue.put_event(new_message(-1))
    assert len(queue) == 0


async def test_and_by_size() -> None:
    queue = SendQueue()
    with pytest.raises(FellBehind):
        queue.put_answer({"re": "c1", "type": "ok", "result": "x" * MAX_WAITING_BYTES})
