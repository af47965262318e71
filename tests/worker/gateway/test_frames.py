"""Frames a browser may and may not send."""

import pytest

from chalicelib.kernel.errors import Invalid, Unreadable
from session_worker.gateway import frames
from session_worker.gateway.desks import desk
from session_worker.gateway.desks.reading import ChatHistory


def test_a_request_is_told_by_its_type() -> None:
    request = desk.read_request('{"id":"c1","type":"chat.history","chat_id":"X","before_id":null,"limit":50}')
    assert request == ChatHistory(id="c1", chat_id="X", before_id=None, limit=50)


@pytest.mark.parametrize(
    ("raw", "pointer"),
    [
        ('{"id":"c1","type":"chat.everything"}', "/type"),
        ('{"id":"c1","type":"login.cancel","also":1}', ""),
        ('{"id":"c1","type":"chat.history","chat_id":"X","before_id":0,"limit":50}', "/before_id"),
        ('{"id":"c1","type":"chat.history","chat_id":"X","before_id":null,"limit":101}', "/limit"),
        ('{"id":"c1","type":"chat.read","chat_id":7,"up_to_id":1}', "/chat_id"),
        ('{"id":"c1","type":"message.send","chat_id":"X","client_id":"short","text":"hi"}', "/client_id"),
        ('{"id":"c1","type":"message.send","chat_id":"X","client_id":"01ARZ3NDEKTSV4RRFFQ69G5FAV","text":""}', "/text"),
        ('{"id":"c1","type":"login.phone","owned":true,"phone":"call me"}', "/phone"),
        ('{"id":"","type":"login.cancel"}', "/id"),
        ('["login.cancel"]', ""),
    ],
)
def test_a_misfit_is_refused_by_the_name_of_its_field(raw: str, pointer: str) -> None:
    with pytest.raises(Invalid) as refusal:
        desk.read_request(raw)
    assert [blame.pointer for blame in refusal.value.blames] == [pointer]


@pytest.mark.parametrize("raw", ["", "{", '"\ud800"', "\x00"])
def test_what_is_not_json_is_unreadable(raw: str) -> None:
    with pytest.raises(Unreadable):
        desk.read_request(raw)
    assert frames.name_of(raw) == ""


def test_a_refused_request_is_answered_by_its_own_name() -> None:
    assert frames.name_of('{"id":"c7","type":"nonsense"}') == "c7"


def test_only_a_hello_is_a_hello() -> None:
    assert frames.read_hello('{"type":"hello","pass":"p"}').gateway_pass == "p"
    with pytest.raises(Invalid):
        frames.read_hello('{"id":"c1","type":"login.cancel"}')
