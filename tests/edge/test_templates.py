"""Routes of templates: shelves, folders, shortcuts, versions, rendering, roles, and every kind of bad input."""

from datetime import timedelta
from functools import partial
from typing import Any, Final

import pytest

from chalicelib.features.templates import use_cases as templates
from chalicelib.features.templates.model import (
    MAX_FOLDERS,
    MAX_TEMPLATES,
    ChangeTemplate,
    ShortcutTaken,
    TemplateChanged,
    TemplateDraft,
    TemplateNotFound,
)
from chalicelib.features.templates.repository import TallyRow
from chalicelib.kernel import ids
from chalicelib.kernel.clock import Clock
from chalicelib.kernel.ids import ChatId, TemplateId
from chalicelib.kernel.permissions import Toggle
from chalicelib.kernel.roles import Role
from chalicelib.table import keys, templates_keys
from chalicelib.table.tenant import Tenant
from tests.api_client import Answer
from tests.hand_clock import HandClock
from tests.local_aws import LocalAws
from tests.races import at_once
from tests.scene import Desk, a_job, a_person, a_workspace, an_account, chats_of, switch
from tests.team import Team, departed

HELLO: Final = {"name": "Hello", "text": "Hello {{contact.first_name|there}}!", "is_shared": True}
OWN: Final = HELLO | {"name": "Mine", "is_shared": False}


class Office:
    """A workspace with an owner and a member, and one chat."""

    def __init__(self) -> None:
        owner, member = a_person("Ada Byron"), a_person("Max Born")
        self.workspace_id = a_workspace((owner, Role.OWNER), (member, Role.MEMBER))
        self.chat_id: ChatId = chats_of(self.workspace_id, an_account(self.workspace_id), 1)[0].id
        self.owner = Desk(person=owner, workspace_id=self.workspace_id)
        self.member = Desk(person=member, workspace_id=self.workspace_id)

    def keep(self, **different: Any) -> dict[str, Any]:
        """A template of the owner's making."""
        answer = self.owner.send("POST", "/templates", HELLO | different)
        assert answer.status == 201, answer.body
        return dict(answer.body)

    def folder(self, *, is_shared: bool = True, name: str = "Sales") -> dict[str, Any]:
        """A folder of the owner's making."""
        answer = self.owner.send("POST", "/template-folders", {"name": name, "is_shared": is_shared})
        assert answer.status == 201, answer.body
        return dict(answer.body)

    def change(self, template: dict[str, Any], **different: Any) -> Answer:
        """Save a template as a browser does that has it open."""
        kept = ("name", "text", "entities", "shortcut", "folder_id", "is_shared", "version")
        files = [file["id"] for file in template["files"]]
        body = {name: template[name] for name in kept} | {"file_ids": files} | different
        return self.owner.send("PUT", f"/templates/{template['id']}", body)

    def names(self, desk: Desk) -> list[str]:
        """What a desk's list shows."""
        return [each["name"] for each in desk.get("/templates").body["templates"]]

    def tenant(self, now: Clock) -> Tenant:
        """The owner's handle, at a time of the test's choosing."""
        assert self.owner.person is not None
        return self.owner.person.handle(self.workspace_id, now)

    def events(self) -> list[dict[str, Any]]:
        """What the log has about templates, oldest first."""
        entries = self.owner.get("/activity").body["entries"]
        return [each for each in reversed(entries) if each["kind"].startswith("template")]


@pytest.fixture
def office(local_aws: LocalAws) -> Office:
    return Office()


def test_a_kept_template_is_what_everybody_reads(office: Office) -> None:
    entities = [{"type": "bold", "offset": 0, "length": 5, "url": None}]
    kept = office.keep(name="  Hello ", shortcut="Hi", entities=entities)
    assert kept == {
        "id": kept["id"],
        "name": "Hello",
        "text": HELLO["text"],
        "entities": entities,
        "shortcut": "hi",
        "folder_id": None,
        "files": [],
        "is_shared": True,
        "variables": ["contact.first_name"],
        "version": 1,
        "changed_at": kept["changed_at"],
        "changed_by": office.owner.person.user_id if office.owner.person else None,
    }
    assert office.member.get(f"/templates/{kept['id']}").body == kept
    assert office.member.get("/templates").body["templates"] == [
        {
            "id": kept["id"],
            "name": "Hello",
            "excerpt": HELLO["text"],
            "shortcut": "hi",
            "folder_id": None,
            "files": 0,
            "is_shared": True,
            "version": 1,
            "changed_at": kept["changed_at"],
        }
    ]


def test_a_template_of_ones_own_is_nobody_elses(office: Office) -> None:
    own = office.keep(**OWN)
    assert (office.names(office.owner), office.names(office.member)) == (["Mine"], [])
    for method, path in (
        ("GET", f"/templates/{own['id']}"),
        ("GET", f"/chats/{office.chat_id}/templates/{own['id']}"),
        ("DELETE", f"/templates/{own['id']}"),
        ("POST", f"/templates/{own['id']}/restoration"),
    ):
        assert office.member.send(method, path).code == "template-not-found", path
    assert "Hello" not in str(office.events()), "the log is everybody's to read"


def test_templates_are_personal_or_shared_by_toggle(office: Office) -> None:
    refused = office.member.send("POST", "/templates", HELLO)
    assert (refused.status, refused.code) == (403, "permission-missing")
    assert office.member.send("POST", "/templates", OWN).status == 201
    switch(Toggle.SHARE_TEMPLATES, a_job(office.workspace_id), is_on=True)
    assert office.member.send("POST", "/templates", HELLO).status == 201
    assert office.names(office.owner) == ["Hello"]


def test_a_member_who_may_not_share_changes_nothing_shared(office: Office) -> None:
    kept, folder = office.keep(), office.folder()
    body = OWN | {"version": 1}
    for method, path, sent in (
        ("PUT", f"/templates/{kept['id']}", body),
        ("DELETE", f"/templates/{kept['id']}", None),
        ("POST", "/template-folders", {"name": "Mine", "is_shared": True}),
        ("PATCH", f"/template-folders/{folder['id']}", {"name": "Mine", "version": 1}),
        ("DELETE", f"/template-folders/{folder['id']}", None),
    ):
        assert office.member.send(method, path, sent).code == "permission-missing", path
    assert office.owner.get(f"/templates/{kept['id']}").body == kept
    assert office.owner.get("/templates").body["folders"] == [folder]


def test_a_shared_template_is_taken_back_and_shared_again(office: Office) -> None:
    kept = office.keep(shortcut="hi")
    taken = office.change(kept, is_shared=False).body
    assert (taken["version"], office.names(office.owner), office.names(office.member)) == (2, ["Hello"], [])
    assert office.keep(name="Another", shortcut="hi")["shortcut"] == "hi", "the shelf's shortcut is free again"
    refused = office.change(taken, is_shared=True)
    assert (refused.status, refused.code) == (409, "shortcut-taken")
    shared = office.change(taken, is_shared=True, shortcut=None)
    assert (shared.status, shared.body["version"]) == (200, 3)
    assert office.names(office.member) == ["Another", "Hello"]


def test_creating_twice_with_one_key_makes_one(office: Office) -> None:
    key = {"Idempotency-Key": "once"}
    first = office.owner.send("POST", "/templates", HELLO | {"shortcut": "hi"}, headers=key)
    again = office.owner.send("POST", "/templates", HELLO | {"shortcut": "hi"}, headers=key)
    assert (first.status, again.status) == (201, 201)
    assert first.body == again.body
    assert office.names(office.owner) == ["Hello"]


def test_a_change_of_a_version_that_passed_is_refused_with_the_one_that_stands(office: Office) -> None:
    kept = office.keep()
    assert office.change(kept, text="First").status == 200
    late = office.change(kept, text="Second")
    assert (late.status, late.code, late.body["standing"]) == (409, "template-changed", {"version": 2})
    assert office.owner.get(f"/templates/{kept['id']}").body["text"] == "First"


def test_saving_what_stands_writes_nothing(office: Office) -> None:
    kept = office.keep()
    assert office.change(kept).body == kept
    assert [each["kind"] for each in office.events()] == ["template.created"]


def test_a_shortcut_is_one_templates_on_its_shelf(office: Office) -> None:
    first = office.keep(shortcut="hi")
    refused = office.owner.send("POST", "/templates", HELLO | {"shortcut": "HI"})
    assert (refused.status, refused.code) == (409, "shortcut-taken")
    assert office.keep(**OWN, shortcut="hi")["shortcut"] == "hi"
    assert office.change(first, shortcut="hello").body["shortcut"] == "hello"
    assert office.keep(name="Second", shortcut="hi")["shortcut"] == "hi"


def test_a_template_lies_in_a_folder_of_its_shelf(office: Office) -> None:
    folder, own = office.folder(), office.folder(is_shared=False)
    kept = office.keep(folder_id=folder["id"])
    assert kept["folder_id"] == folder["id"]
    for wrong in (own["id"], ids.mint()):
        refused = office.change(kept, folder_id=wrong)
        assert (refused.status, refused.code) == (404, "folder-not-found")
    assert office.change(kept, folder_id=None).body["folder_id"] is None


def test_a_folder_that_is_taken_away_leaves_its_templates(office: Office) -> None:
    folder = office.folder()
    kept = office.keep(folder_id=folder["id"])
    assert office.owner.send("DELETE", f"/template-folders/{folder['id']}").status == 204
    assert office.owner.get("/templates").body["folders"] == []
    assert office.names(office.owner) == ["Hello"]
    assert office.change(kept, text="It can still be changed").status == 200


def test_a_folder_is_renamed_unless_somebody_was_faster(office: Office) -> None:
    folder = office.folder()
    renamed = office.owner.send("PATCH", f"/template-folders/{folder['id']}", {"name": "Support", "version": 1})
    assert renamed.body == folder | {"name": "Support", "version": 2}
    late = office.owner.send("PATCH", f"/template-folders/{folder['id']}", {"name": "Late", "version": 1})
    assert (late.code, late.body["standing"]) == ("folder-changed", {"version": 2})


def test_a_folder_of_ones_own_is_nobody_elses(office: Office) -> None:
    own = office.folder(is_shared=False)
    assert office.member.get("/templates").body["folders"] == []
    body = {"name": "Theirs", "version": 1}
    assert office.member.send("PATCH", f"/template-folders/{own['id']}", body).code == "folder-not-found"
    assert office.member.send("DELETE", f"/template-folders/{own['id']}").code == "folder-not-found"


def test_a_deleted_template_is_gone_and_can_be_brought_back(office: Office) -> None:
    kept = office.keep(shortcut="hi")
    assert office.owner.send("DELETE", f"/templates/{kept['id']}").status == 204
    assert office.names(office.member) == []
    assert office.change(kept, text="Late").code == "template-not-found"
    restored = office.owner.send("POST", f"/templates/{kept['id']}/restoration")
    assert restored.body == kept | {"version": 3}
    assert office.owner.send("POST", f"/templates/{kept['id']}/restoration").body == restored.body
    assert [each["kind"] for each in office.events()] == [
        "template.created",
        "template.deleted",
        "template.restored",
    ]


def test_it_comes_back_without_a_shortcut_that_another_has_by_now(office: Office) -> None:
    kept = office.keep(shortcut="hi")
    office.owner.send("DELETE", f"/templates/{kept['id']}")
    office.keep(name="Heir", shortcut="hi")
    assert office.owner.send("POST", f"/templates/{kept['id']}/restoration").body["shortcut"] is None


def test_it_can_be_brought_back_for_24_hours(office: Office, clock: HandClock) -> None:
    kept = TemplateId(office.keep()["id"])
    tenant = office.tenant(clock)
    templates.delete_template(kept, tenant=tenant)
    clock.advance(timedelta(hours=23, minutes=59))
    assert templates.restore_template(kept, tenant=tenant).id == kept
    templates.delete_template(kept, tenant=tenant)
    clock.advance(timedelta(hours=24))
    with pytest.raises(TemplateNotFound):
        templates.restore_template(kept, tenant=tenant)


def test_what_somebody_kept_for_themselves_is_removed_when_they_leave(local_aws: LocalAws) -> None:
    team = Team(olga=Role.OWNER, max=Role.MEMBER)
    for body in (OWN | {"shortcut": "hi"}, OWN):
        assert team.desk("max").send("POST", "/templates", body).status == 201
    assert team.desk("max").send("POST", "/template-folders", {"name": "Mine", "is_shared": False}).status == 201
    assert team.desk("olga").send("POST", "/templates", OWN).status == 201
    assert team.desk("olga").send("DELETE", f"/members/{team.id('max')}").status == 204
    departed(team, "max")
    shelves = [a_job(team.workspace_id).rows(templates_keys.own_shelf(team.id(name))) for name in ("max", "olga")]
    assert [shelf.count() for shelf in shelves] == [0, 2]


def test_two_who_change_a_template_at_once_do_not_both_win(
    office: Office, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, tenant = TemplateId(office.keep()["id"]), office.tenant(clock)
    drafts = [TemplateDraft(name="Hello", text=text, is_shared=True) for text in ("One", "Two")]
    commands = [ChangeTemplate(template_id=kept, draft=draft, version=1) for draft in drafts]
    acts = [partial(templates.change_template, command, tenant=tenant) for command in commands]
    won, lost = sorted(at_once(acts, monkeypatch), key=lambda outcome: outcome is TemplateChanged)
    assert lost is TemplateChanged
    assert templates.template(kept, tenant=tenant) == won


def test_two_who_want_one_shortcut_at_once_do_not_both_get_it(
    office: Office, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = TemplateDraft(name="Hello", text="Hello", shortcut="hi", is_shared=True)
    outcomes = at_once([partial(templates.create_template, draft, tenant=office.tenant(clock))] * 2, monkeypatch)
    assert [outcome for outcome in outcomes if outcome is ShortcutTaken] == [ShortcutTaken]
    assert office.names(office.member) == ["Hello"]


def test_a_template_is_rendered_for_a_chat_as_any_member_sees_it(office: Office) -> None:
    column = office.owner.send("POST", "/columns", {"name": "Deal size", "type": "number"}).body
    office.owner.send("PUT", f"/chats/{office.chat_id}/values/{column['id']}", {"value": 1200, "version": None})
    text = "{{contact.first_name}} of {{account.name}}: {{column.deal_size}}"
    kept = office.keep(text=text, entities=[{"type": "bold", "offset": 0, "length": 22}])
    answer = office.member.get(f"/chats/{office.chat_id}/templates/{kept['id']}")
    assert answer.body == {
        "text": "Contact of Sales: 1200",
        "entities": [{"type": "bold", "offset": 0, "length": 7, "url": None}],
        "gaps": [],
    }


def test_what_nothing_fills_is_told_as_a_gap(office: Office) -> None:
    column = office.owner.send("POST", "/columns", {"name": "Stage", "type": "text"}).body
    kept = office.keep(text="Now {{column.stage}}")
    path = f"/chats/{office.chat_id}/templates/{kept['id']}"
    gap = {"name": "column.stage", "offset": 4, "length": 16}
    assert office.member.get(path).body == {"text": "Now {{column.stage}}", "entities": [], "gaps": [gap]}
    office.owner.send("DELETE", f"/columns/{column['id']}")
    assert office.member.get(path).body["gaps"] == [gap], "a deleted column fills nothing"


def test_only_chats_of_the_workspace_are_rendered_for(office: Office) -> None:
    kept = office.keep()
    for chat in (Office().chat_id, "nothing", ids.mint()):
        answer = office.owner.get(f"/chats/{chat}/templates/{kept['id']}")
        assert (answer.status, answer.code) == (404, "chat-not-found")


BAD: Final = [
    ({"name": " "}, ["/name"]),
    ({"name": "x" * 101}, ["/name"]),
    ({"text": ""}, ["/text"]),
    ({"text": " \n\t "}, ["/text"]),
    ({"text": "x" * 4097}, ["/text"]),
    ({"text": "👋" * 2049}, ["/text"]),
    ({"text": "a\u0000b"}, ["/text"]),
    ({"text": "a {{b"}, ["/text"]),
    ({"text": "{{contact.phone}}"}, ["/text"]),
    ({"text": "{{column.nothing}} {{column.such|x}}"}, ["/text", "/text"]),
    ({"shortcut": ""}, ["/shortcut"]),
    ({"shortcut": "two words"}, ["/shortcut"]),
    ({"shortcut": "/hi"}, ["/shortcut"]),
    ({"shortcut": "x" * 33}, ["/shortcut"]),
    ({"folder_id": "short"}, ["/folder_id"]),
    ({"is_shared": None}, ["/is_shared"]),
    ({"entities": [{"type": "bold", "offset": 0, "length": 999}]}, ["/entities/0"]),
    ({"entities": [{"type": "huge", "offset": 0, "length": 1}]}, ["/entities/0/type"]),
    ({"entities": [{"type": "text_link", "offset": 0, "length": 1, "url": "javascript:x"}]}, ["/entities/0"]),
    ({"entities": [{"type": "text_link", "offset": 0, "length": 1}]}, ["/entities/0"]),
    ({"entities": [{"type": "bold", "offset": 0, "length": 1}] * 101}, ["/entities"]),
    ({"colour": "red"}, [""]),
]


@pytest.mark.parametrize(("bad", "pointers"), BAD, ids=[str(bad)[:40] for bad, _ in BAD])
def test_a_bad_template_is_refused_by_its_place(office: Office, bad: dict[str, Any], pointers: list[str]) -> None:
    answer = office.owner.send("POST", "/templates", HELLO | bad)
    assert (answer.status, answer.media_type) == (422, "application/problem+json")
    assert answer.pointers == pointers
    assert office.names(office.owner) == []


@pytest.mark.parametrize("text", ["x" * 4096, "👋" * 2048, "one\ntwo\tthree", "مرحبا {{contact.name}} שלום", "\\{{a"])
def test_a_text_that_telegram_takes_is_kept(office: Office, text: str) -> None:
    assert office.keep(text=text)["text"] == text


def test_a_shelf_holds_so_many_templates_and_folders(office: Office) -> None:
    office.keep()
    office.folder()
    rows = a_job(office.workspace_id).rows(keys.WORKSPACE)
    full = rows.new(TallyRow, templates_keys.TALLY)
    assert rows.update(full, [TallyRow.templates.set(MAX_TEMPLATES), TallyRow.folders.set(MAX_FOLDERS)])
    for path, body in (("/templates", HELLO), ("/template-folders", {"name": "More", "is_shared": True})):
        refused = office.owner.send("POST", path, body)
        assert (refused.status, refused.code) == (409, "template-limit-reached")
    assert office.owner.send("POST", "/templates", OWN).status == 201, "one's own shelf has room"
