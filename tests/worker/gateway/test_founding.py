"""Founding groups and channels through a socket: listed, with whom was invited, and once."""

from typing import Any

import pytest

from chalicelib.kernel import ids
from chalicelib.kernel.ids import ChatId
from dev.telegram.faults import Fault
from dev.telegram.world.people import Channel, Group
from tests.worker.gateway.browser import Refused
from tests.worker.gateway.group_desk import a_desk, title_of
from tests.worker.gateway.stage import Stage, chat_with


async def test_groups_and_channels_are_founded_and_listed(stage: Stage) -> None:
    world = stage.telegram.world
    anna, boris = world.add_user("Anna"), world.add_user("Boris", username="boris_k")
    shy = world.add_user("Shy", username="shy_one")
    shy.closed_to_strangers = True
    desk = await a_desk(stage, anna)
    body = {"about": "Ships", "title": "Harbour"}
    made = await desk.found(kind="supergroup", names=["boris_k", "shy_one"], **body)
    [group] = world.channels.values()
    assert (made, set(group.members)) == (
        {"chat_id": chat_with(desk.account_id, group), "missing": 1},
        {anna.id, boris.id},
    )
    basic = await desk.found(kind="group", names=["boris_k"], **body)
    titles = {title_of(desk, ChatId(chat_id)) for chat_id in (made["chat_id"], basic["chat_id"])}
    assert titles == {"Harbour"}
    with pytest.raises(Refused) as refusal:
        await desk.found(kind="group", **body)
    assert refusal.value.code == "invalid"


async def test_a_group_whose_people_are_refused_is_founded_all_the_same_and_says_so(stage: Stage) -> None:
    world = stage.telegram.world
    anna = world.add_user("Anna")
    world.add_user("Boris", username="boris_k")
    desk = await a_desk(stage, anna)
    body: dict[str, Any] = {"about": "", "title": "Harbour", "names": ["boris_k"]}
    stage.telegram.fault(Fault(method="channels.InviteToChannel", user_id=anna.id, error="PEER_FLOOD", times=1))
    made = await desk.found(kind="supergroup", **body)
    [group] = world.channels.values()
    assert (made, set(group.members)) == ({"chat_id": chat_with(desk.account_id, group), "missing": 1}, {anna.id})


@pytest.mark.parametrize("kind", ["group", "supergroup", "channel"])
async def test_a_group_whose_answer_was_lost_is_founded_once(stage: Stage, kind: str) -> None:
    world = stage.telegram.world
    anna, boris = world.add_user("Anna"), world.add_user("Boris", username="boris_k")
    desk = await a_desk(stage, anna)
    order: dict[str, Any] = {"client_id": ids.mint(), "kind": kind, "title": "Harbour", "names": ["boris_k"]}
    stage.telegram.fault(Fault(method="*.Create*", cut=True, after_effect=True, times=1))
    with pytest.raises(Refused) as refusal:
        await desk.found(**order)
    assert refusal.value.code == "telegram-away"
    await desk.browser.hear("connection.changed", lambda event: event["state"] == "connected")
    for _ in range(2):
        made = await desk.found(**order)
        chats_there: list[Group | Channel] = [*world.groups.values(), *world.channels.values()]
        [group] = chats_there
        assert made == {"chat_id": chat_with(desk.account_id, group), "missing": 0}
    assert set(group.members) == {anna.id, boris.id}
    other = await desk.found(**{**order, "client_id": ids.mint()})
    assert other["chat_id"] != made["chat_id"]


async def test_a_group_that_was_refused_may_be_founded_under_its_client_id_later(stage: Stage) -> None:
    anna = stage.telegram.world.add_user("Anna")
    desk = await a_desk(stage, anna)
    order: dict[str, Any] = {"client_id": ids.mint(), "kind": "channel", "title": "Harbour"}
    stage.telegram.fault(Fault(method="channels.CreateChannel", error="CHANNELS_TOO_MUCH", times=1))
    with pytest.raises(Refused) as refusal:
        await desk.found(**order)
    assert refusal.value.code == "telegram-refused"
    assert title_of(desk, (await desk.found(**order))["chat_id"]) == "Harbour"
