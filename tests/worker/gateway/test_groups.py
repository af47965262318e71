"""Who a chat is with, and managing groups and channels through a socket."""

import gc
from collections.abc import Iterator
from typing import Any

from telethon.tl import TLObject

from chalicelib.features.workspaces.model import ChangeMember
from chalicelib.features.workspaces.use_cases.members import change_member
from chalicelib.kernel.ids import ChatId
from chalicelib.kernel.permissions import Flag
from chalicelib.kernel.roles import Role
from dev.telegram.faults import Fault
from dev.telegram.world.people import Role as TelegramRole
from session_worker.messaging.groups import BACK_AFTER
from tests.scene import a_person, a_workspace
from tests.worker.gateway.browser import a_pass
from tests.worker.gateway.group_desk import Desk, a_desk, a_supergroup, title_of
from tests.worker.gateway.stage import Stage, chat_with, eventually


async def test_a_person_is_shown_with_their_words_and_common_groups(stage: Stage) -> None:
    world = stage.telegram.world
    anna = world.add_user("Anna")
    boris = world.add_user("Boris", last_name="K", username="boris_k", about="Lamps and cables")
    group = a_supergroup(stage, anna, boris)
    stage.telegram.post(boris, anna, "hello")
    desk = await a_desk(stage, anna)
    for _ in range(2):
        shown = await desk.ask("chat.info", boris)
    assert (stage.telegram.calls["users.GetFullUser"], stage.telegram.calls["messages.GetCommonChats"]) == (1, 1)
    assert (shown["title"], shown["username"], shown["about"]) == ("Boris K", "boris_k", "Lamps and cables")
    common = {"chat_id": chat_with(desk.account_id, group), "title": "Harbour", "is_listed": True}
    assert shown["person"]["common_groups"] == [common]
    assert shown["group"] is None
    assert await desk.refused("group.edit", boris, title="Not a group") == "not-found"


async def test_a_group_is_read_once_and_its_row_gets_count_and_link(stage: Stage) -> None:
    """Counts and invite links in the rows come from one full answer, and no link is made (product.md section 5)."""
    anna, boris = stage.telegram.world.add_user("Anna"), stage.telegram.world.add_user("Boris")
    group = a_supergroup(stage, anna, boris, extra_members=4_998, about="Ships")
    group.invite_link = "https://t.me/+harbour"
    desk = await a_desk(stage, anna)
    for _ in range(3):
        shown = await desk.ask("chat.info", group)
    assert (shown["about"], shown["group"]["member_count"], shown["group"]["role"]) == ("Ships", 5_000, "owner")
    assert shown["group"]["management"]["invite_link"] == "https://t.me/+harbour"
    assert (desk.row(group).member_count, desk.row(group).invite_link) == (5_000, "https://t.me/+harbour")
    assert stage.telegram.calls["channels.GetFullChannel"] == 1
    assert stage.telegram.calls["messages.ExportChatInvite"] == 0


async def test_the_row_follows_who_comes_and_goes(stage: Stage) -> None:
    world = stage.telegram.world
    anna, boris, clara = world.add_user("Anna"), world.add_user("Boris"), world.add_user("Clara", username="clara_c")
    group = a_supergroup(stage, boris, anna)
    group.members[anna.id] = TelegramRole.ADMIN
    desk = await a_desk(stage, anna)
    assert (await desk.ask("chat.info", group))["group"]["member_count"] == 2
    assert await desk.ask("group.add", group, name="clara_c") == {}
    await desk.hear_change(group)
    assert clara.id in group.members
    assert (await desk.ask("chat.info", group))["group"]["member_count"] == 3
    assert desk.row(group).member_count == 3
    assert await desk.ask("group.remove", group, member_id=str(clara.id), is_banned=True) == {}
    assert (clara.id in group.members, group.banned) == (False, [clara.id])
    assert await desk.refused("group.add", group, name="clara_c") == "USER_KICKED"


async def test_who_is_taken_out_is_not_kept_out_also_where_telegram_does_not_let_us_say_so(stage: Stage) -> None:
    anna, boris = stage.telegram.world.add_user("Anna"), stage.telegram.world.add_user("Boris")
    group = a_supergroup(stage, anna, boris)
    stage.telegram.post(boris, group, "hello")
    desk = await a_desk(stage, anna)
    await desk.ask("chat.members", group)
    letting_back = Fault(
        method="channels.EditBanned",
        error="FLOOD_WAIT_60",
        when=lambda asked: not asked.banned_rights.view_messages,
    )
    stage.telegram.fault(letting_back)
    assert await desk.ask("group.remove", group, member_id=str(boris.id)) == {}
    assert boris.id not in group.members
    now = stage.telegram.clock()
    assert (group.banned_at(now), group.banned_at(now + BACK_AFTER)) == ([boris.id], [])


async def test_nothing_of_telegram_s_answers_is_kept_but_what_is_shown(stage: Stage) -> None:
    """Of a basic group the answer has everybody who is in it, whole: some 500 KB where 200 are."""
    world = stage.telegram.world
    anna, boris = world.add_user("Anna"), world.add_user("Boris")
    basic, group = world.add_group("Three", anna, [boris], at=stage.telegram.clock()), a_supergroup(stage, anna, boris)
    for chat in (basic, group, anna):
        stage.telegram.post(boris, chat, "hello")
    desk = await a_desk(stage, anna)
    for chat in (basic, group, boris):
        await desk.ask("chat.info", chat)
        look = stage.live(desk.person, desk.workspace_id, desk.account_id).chat_look(chat_with(desk.account_id, chat))
        assert look is not None
        assert [one for one in everything_in(look) if isinstance(one, TLObject)] == []


def everything_in(root: object) -> Iterator[object]:
    """An object with all that it keeps alive."""
    seen: dict[int, object] = {}
    left = [root]
    while left:
        one = left.pop()
        if id(one) not in seen and not isinstance(one, type):
            seen[id(one)] = one
            left += gc.get_referents(one)
    return iter(seen.values())


async def test_members_come_in_pages_with_their_roles(stage: Stage) -> None:
    world = stage.telegram.world
    anna = world.add_user("Anna")
    others = [world.add_user(f"Person {number}") for number in range(5)]
    group = a_supergroup(stage, anna, *others)
    basic = world.add_group("Three", anna, others[:2], at=stage.telegram.clock())
    stage.telegram.post(anna, basic, "welcome")
    desk = await a_desk(stage, anna)
    first = await desk.ask("chat.members", group, limit=4)
    assert [one["role"] for one in first["members"]] == ["owner", "member", "member", "member"]
    assert (first["count"], first["has_more"]) == (6, True)
    rest = await desk.ask("chat.members", group, offset=4, limit=4)
    assert ([one["name"] for one in rest["members"]], rest["has_more"]) == (["Person 3", "Person 4"], False)
    found = await desk.ask("chat.members", group, words="person 2")
    assert [one["id"] for one in found["members"]] == [str(others[2].id)]
    small = await desk.ask("chat.members", basic)
    assert [one["role"] for one in small["members"]] == ["owner", "member", "member"]


async def test_names_rights_admins_links_and_slow_mode_are_changed(stage: Stage) -> None:
    world = stage.telegram.world
    anna, boris = world.add_user("Anna"), world.add_user("Boris")
    group = a_supergroup(stage, anna, boris)
    desk = await a_desk(stage, anna)
    await desk.ask("group.edit", group, title="Harbour office", about="Ships and lamps")
    await desk.ask("group.edit", group, title="Harbour office")
    assert (group.title, group.about) == ("Harbour office", "Ships and lamps")
    await desk.ask("group.permit", group, right="send_media", is_permitted=False)
    await desk.ask("group.permit", group, right="send_polls", is_permitted=False)
    await desk.ask("group.permit", group, right="send_media", is_permitted=True)
    assert group.denied == ["send_polls"]
    await desk.ask("chat.members", group)
    await desk.ask("group.promote", group, member_id=str(boris.id), rights=["ban_users", "pin_messages"], rank="Mate")
    assert (group.rights_of(boris.id), group.ranks[boris.id]) == (["ban_users", "pin_messages"], "Mate")
    await desk.ask("group.promote", group, member_id=str(boris.id), rights=[])
    assert group.members[boris.id] is TelegramRole.MEMBER
    link = (await desk.ask("group.link", group))["invite_link"]
    assert (await desk.ask("group.link", group))["invite_link"] == group.invite_link != link
    await desk.ask("group.slow_mode", group, seconds=30)
    management = (await desk.ask("chat.info", group))["group"]["management"]
    assert (management["slow_mode_s"], management["denied"]) == (30, ["send_polls"])
    assert management["invite_link"] == group.invite_link


async def test_a_basic_group_is_managed_too(stage: Stage) -> None:
    world = stage.telegram.world
    anna, boris, clara = world.add_user("Anna"), world.add_user("Boris"), world.add_user("Clara", username="clara_c")
    group = world.add_group("Three", anna, [boris], at=stage.telegram.clock())
    stage.telegram.post(boris, group, "welcome")
    desk = await a_desk(stage, anna)
    await desk.ask("group.edit", group, title="Four", about="of us")
    await desk.ask("group.add", group, name="clara_c")
    await desk.ask("group.promote", group, member_id=str(clara.id), rights=["change_info"])
    assert (group.title, group.about, group.admins) == ("Four", "of us", [clara.id])
    await desk.ask("group.remove", group, member_id=str(clara.id))
    assert group.members == [anna.id, boris.id]
    assert (await desk.ask("chat.info", group))["group"]["member_count"] == 2
    assert await desk.refused("group.slow_mode", group, seconds=10) == "CHAT_ID_INVALID"
    await desk.ask("group.leave", group)
    assert group.members == [boris.id]


async def test_telegram_s_refusals_are_told_in_its_words_and_nothing_changes(stage: Stage) -> None:
    world = stage.telegram.world
    anna, boris = world.add_user("Anna"), world.add_user("Boris")
    shy = world.add_user("Shy", username="shy_one")
    shy.closed_to_strangers = True
    group = a_supergroup(stage, boris, anna)
    group.denied = ["change_info"]
    owned = a_supergroup(stage, anna, boris)
    desk = await a_desk(stage, anna)
    assert await desk.refused("group.edit", group, title="Mine") == "CHAT_ADMIN_REQUIRED"
    assert await desk.refused("group.link", group) == "CHAT_ADMIN_REQUIRED"
    assert await desk.refused("group.slow_mode", group, seconds=10) == "CHAT_ADMIN_REQUIRED"
    await desk.ask("chat.members", group)
    promote = {"member_id": str(boris.id), "rights": ["ban_users"]}
    assert await desk.refused("group.promote", group, **promote) == "CHAT_ADMIN_REQUIRED"
    assert await desk.refused("group.remove", group, member_id=str(boris.id)) == "CHAT_ADMIN_REQUIRED"
    assert await desk.refused("group.remove", group, member_id="99999999") == "not-found"
    assert await desk.refused("group.add", owned, name="shy_one") == "USER_PRIVACY_RESTRICTED"
    assert await desk.refused("group.leave", owned) == "USER_CREATOR"
    assert (group.title, shy.id in owned.members, boris.id in group.members) == ("Harbour", False, True)


async def test_two_admins_who_change_one_group_at_once_both_see_what_stands(stage: Stage) -> None:
    world = stage.telegram.world
    anna, boris, clara = world.add_user("Anna"), world.add_user("Boris"), world.add_user("Clara")
    group = a_supergroup(stage, anna, boris, clara)
    group.members[boris.id] = TelegramRole.ADMIN
    annas, boriss = await a_desk(stage, anna), await a_desk(stage, boris)
    first = annas.browser.begin(
        "group.permit", chat_id=chat_with(annas.account_id, group), right="send_media", is_permitted=False
    )
    await boriss.ask("group.edit", group, title="Boris's harbour")
    assert (await first)["type"] == "ok"
    for desk in (annas, boriss):
        shown = await desk.ask("chat.info", group)
        assert (shown["title"], shown["group"]["management"]["denied"]) == ("Boris's harbour", ["send_media"])
    await annas.ask("chat.members", group)
    await annas.ask("group.promote", group, member_id=str(boris.id), rights=[])
    await boriss.hear_change(group)
    group.denied = ["change_info"]
    assert await boriss.refused("group.edit", group, title="Too late") == "CHAT_ADMIN_REQUIRED"


async def test_a_public_group_is_joined_and_left(stage: Stage) -> None:
    world = stage.telegram.world
    anna, boris = world.add_user("Anna"), world.add_user("Boris")
    group = a_supergroup(stage, boris, username="harbour_news")
    desk = await a_desk(stage, anna)
    found = await desk.browser.ask("people.find", account_id=desk.account_id, name="t.me/harbour_news")
    assert (found["kind"], found["is_member"], found["is_listed"]) == ("group", False, False)
    await desk.ask("group.join", group)
    assert anna.id in group.members
    assert title_of(desk, ChatId(found["chat_id"])) == "Harbour"
    await desk.ask("group.leave", group)
    assert anna.id not in group.members
    await eventually(lambda: anna.id not in group.members)


async def test_a_member_without_the_flags_sees_neither_members_nor_management(stage: Stage) -> None:
    """Per-member flags of product.md section 3: view group members, view group management."""
    owner, plain, trusted = a_person("Olga"), a_person("Pia"), a_person("Tom")
    workspace_id = a_workspace((owner, Role.OWNER), (plain, Role.MEMBER), (trusted, Role.MEMBER))
    flags = frozenset({Flag.VIEW_GROUP_MEMBERS, Flag.VIEW_GROUP_MANAGEMENT})
    change_member(trusted.user_id, ChangeMember(flags=flags), tenant=owner.handle(workspace_id))
    anna = stage.telegram.world.add_user("Anna")
    group = a_supergroup(stage, anna, extra_members=2)
    group.invite_link = "https://t.me/+harbour"
    desks = []
    for person, version in ((plain, 1), (trusted, 2)):
        account_id = await stage.connect(person, workspace_id, anna)
        browser = await stage.knock()
        await browser.say_hello(a_pass(person, workspace_id, version=version))
        desks.append(Desk(person=person, workspace_id=workspace_id, account_id=account_id, browser=browser))
    pias, toms = desks
    shown = (await pias.ask("chat.info", group))["group"]
    assert (shown["member_count"], shown["may_see_members"], shown["management"]) == (3, False, None)
    assert await pias.refused("chat.members", group) == "permission-missing"
    changes: dict[str, dict[str, Any]] = {
        "group.edit": {"title": "Mine"},
        "group.link": {},
        "group.permit": {"right": "send_media", "is_permitted": False},
        "group.add": {"name": "somebody"},
        "group.remove": {"member_id": "1"},
        "group.promote": {"member_id": "1", "rights": []},
        "group.slow_mode": {"seconds": 10},
    }
    for request, body in changes.items():
        assert await pias.refused(request, group, **body) == "permission-missing", request
    assert (group.title, group.invite_link) == ("Harbour", "https://t.me/+harbour")
    assert (await toms.ask("chat.info", group))["group"]["management"]["invite_link"] == "https://t.me/+harbour"
    assert (await toms.ask("chat.members", group))["members"][0]["role"] == "owner"


async def test_changes_are_paced_and_misfits_refused(stage: Stage) -> None:
    anna = stage.telegram.world.add_user("Anna")
    group = a_supergroup(stage, anna)
    desk = await a_desk(stage, anna)
    misfits: list[tuple[str, dict[str, Any]]] = [
        ("group.edit", {"title": "x" * 129}),
        ("group.edit", {"title": 7}),
        ("group.edit", {"about": "x" * 256}),
        ("group.permit", {"right": "view_messages", "is_permitted": True}),
        ("group.promote", {"member_id": "me", "rights": []}),
        ("group.promote", {"member_id": "1", "rights": ["everything"]}),
        ("group.slow_mode", {"seconds": 11}),
        ("chat.members", {"offset": 10_001}),
    ]
    for request, body in misfits:
        assert await desk.refused(request, group, **body) == "invalid", request
    for number in range(10):
        await desk.ask("group.edit", group, about=f"About {number}")
    assert await desk.refused("group.edit", group, about="One too many") == "too-many-requests"
    assert group.about == "About 9"
