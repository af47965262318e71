"""The workspace's data as a zip (product.md section 5: Export): what is in it, for whom, and how it is handed out."""

import urllib.error
import urllib.parse
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest

from chalicelib.features.chats import use_cases as chats
from chalicelib.features.delivery.model import path_to
from chalicelib.features.exports.model import DataExportTooSoon, RequestExport
from chalicelib.features.exports.use_cases import request_export
from chalicelib.features.notifications.model import About, AboutKind, Notice, NoticeKind
from chalicelib.kernel.permissions import Toggle
from chalicelib.kernel.roles import Role
from chalicelib.services import Services
from chalicelib.table import exports_keys, keys
from tests.data_exports import MINUTE, Carrier, unpacked, work
from tests.exports import fetched
from tests.hand_clock import HandClock
from tests.races import at_once
from tests.scene import Desk, Person, a_job, a_person, a_workspace, an_account, chats_of, connected, switch
from tests.uploads import put_up

FILES = ["fields", "contacts", "chats", "tickets", "comments", "activity"]
EVIL = '=HYPERLINK("http://evil.example",A1)'


class Firm:
    """Ada, an Admin, is connected to an account of three chats; Olga, the Owner, and Max, a Member, to none."""

    def __init__(self, clock: HandClock) -> None:
        self.ada, self.olga, self.max = a_person("Ada"), a_person("Olga"), a_person("Max")
        team = ((self.ada, Role.ADMIN), (self.olga, Role.OWNER), (self.max, Role.MEMBER))
        self.workspace_id = a_workspace(*team)
        self.account_id = an_account(self.workspace_id, self.ada)
        connected(self.workspace_id, self.account_id, self.ada)
        self.chats = chats_of(self.workspace_id, self.account_id, 3)
        self.clock = clock

    def send(self, method: str, path: str, body: object, by: Person | None = None) -> Any:
        """What the API answers Ada, or somebody else, who works in the workspace."""
        answer = Desk(person=by or self.ada, workspace_id=self.workspace_id).send(method, path, body)
        assert answer.status < 300, answer.body
        return answer.body

    def carrier(self, person: Person) -> Carrier:
        """Somebody who takes the data away."""
        return Carrier(person, self.workspace_id, self.clock)


@pytest.fixture
def firm(on_test_clock: Services, clock: HandClock) -> Firm:
    return Firm(clock)


def test_an_export_is_written_in_the_background_and_handed_out_by_a_link(firm: Firm) -> None:
    """Export a zip of CSVs, built in the background (product.md section 5)."""
    olga = firm.carrier(firm.olga)
    asked = olga.ask()
    assert (asked.status, asked.body["state"], asked.body["link"]) == (202, "waiting", None)
    work(firm.clock)
    done = olga.look(asked.body["id"]).body
    assert (done["state"], done["percent"], done["file"]) == ("done", 100, None)
    content = fetched(done["link"])
    assert (list(unpacked(content)), len(content)) == (FILES, done["size"])
    assert done["lines"] == {name: len(lines) for name, lines in unpacked(content).items()}
    assert olga.listed() == [done["id"]]


def test_chats_have_their_card_with_values_as_people_read_them(firm: Firm) -> None:
    options = [{"name": "Won"}, {"name": "Lost; for now"}]
    stage = firm.send("POST", "/columns", {"name": "Stage", "type": "multiselect", "options": options})
    worth = firm.send("POST", "/columns", {"name": "Worth", "type": "number"})
    owner = firm.send("POST", "/columns", {"name": "title", "type": "person"})
    chat = firm.chats[0].id
    both = [option["id"] for option in stage["options"]]
    for column, value in ((stage, both), (worth, -2.5), (owner, firm.max.user_id)):
        firm.send("PUT", f"/chats/{chat}/values/{column['id']}", {"value": value, "version": None})
    firm.send("PATCH", f"/chats/{chat}/card", {"version": 0, "assignee": firm.ada.user_id, "phone": "+4930123456"})
    line = next(line for line in firm.carrier(firm.olga).lines("chats") if line["id"] == chat)
    assert {line[name] for name in ("Tags", "email", "priority")} == {""}
    assert (line["title"], line["account"], line["kind"]) == (firm.chats[0].title, "Sales", "private")
    assert (line["assignee"], line["assignee_id"], line["phone"]) == ("Ada", firm.ada.user_id, "'+4930123456")
    assert (line["Stage"], line["Worth"], line["title (title)"]) == ("Won; Lost; for now", "-2.5", "Max")


def test_long_texts_are_whole(firm: Firm) -> None:
    story = firm.send("POST", "/columns", {"name": "Story", "type": "long_text"})
    texts = {chat.id: f"{place} {'long ' * 2_000}".strip() for place, chat in enumerate(firm.chats)}
    for chat_id, text in texts.items():
        firm.send("PUT", f"/chats/{chat_id}/values/{story['id']}", {"value": text, "version": None})
    assert {line["id"]: line["Story"] for line in firm.carrier(firm.ada).lines("chats")} == texts


def test_the_private_side_is_in_it_for_those_connected_alone(firm: Firm) -> None:
    """Username, members, unread count: exports follow the rule of the screen (product.md section 1.3)."""
    private = ("username", "unread_count", "last_message_at", "last_direction", "waiting_since")
    theirs = {person.name: unpacked(firm.carrier(person).whole()) for person in (firm.ada, firm.olga)}
    mine = theirs["Ada"]["chats"][0]
    assert all(mine[name] for name in private)
    for line in (*theirs["Olga"]["chats"], *theirs["Olga"]["contacts"]):
        assert {line[name] for name in private if name in line} == {""}
    assert {line["username"] for line in theirs["Ada"]["contacts"]} == {"contact1", "contact2", "contact3"}


def test_a_chat_that_stays_out_is_in_no_file_of_anybody(firm: Firm) -> None:
    hidden = firm.chats[0]
    firm.send("POST", f"/chats/{hidden.id}/comments", {"text": "Mum called."})
    ticket = firm.send("POST", "/tickets", {"title": "Printer", "chat_ids": [hidden.id, firm.chats[1].id]})
    quote = {"chat_id": hidden.id, "message_id": 10}
    firm.send("POST", f"/tickets/{ticket['id']}/comments", {"text": "She did.", "quote": quote})
    path = f"/accounts/{firm.account_id}/excluded-chats"
    firm.send("POST", path, {"chat_ids": [hidden.id], "excluded": True})
    for person in (firm.olga, firm.ada):
        files = unpacked(firm.carrier(person).whole())
        shared = {name: lines for name, lines in files.items() if name != "activity"}
        assert hidden.id not in str(shared)
        assert "Mum called" not in str(shared)
        assert files["tickets"][0]["chat_ids"] == firm.chats[1].id
    assert hidden.id not in str(firm.carrier(firm.olga).lines("activity"))


def test_tickets_and_comments_are_in_it_with_names_and_quotes_by_reference(firm: Firm) -> None:
    """No message is in an export: of what a comment quotes there is the number (product.md section 1.2)."""
    topic = firm.send("POST", "/ticket-fields", {"name": "Topic", "type": "text"})
    papers = firm.send("POST", "/ticket-fields", {"name": "Papers", "type": "files"})
    attached = [put_up(Desk(person=firm.ada, workspace_id=firm.workspace_id), "value") for _ in range(2)]
    chat = firm.chats[0].id
    values = {topic["id"]: EVIL, papers["id"]: attached}
    wish = {"title": "Printer", "priority": "high", "chat_ids": [chat], "values": values}
    ticket = firm.send("POST", "/tickets", wish)
    mention = {"user_id": firm.max.user_id, "offset": 4, "length": 4}
    quote = {"chat_id": chat, "message_id": 10}
    said = firm.send("POST", f"/chats/{chat}/comments", {"text": "Ask @Max.", "mentions": [mention], "quote": quote})
    firm.send("POST", f"/chats/{chat}/comments", {"text": "I did.", "answers": said["id"]}, by=firm.max)
    firm.send("POST", f"/tickets/{ticket['id']}/comments", {"text": "Ordered."})
    files = unpacked(firm.carrier(firm.olga).whole())
    [line] = files["tickets"]
    assert (line["number"], line["title"], line["priority"], line["Topic"]) == ("1", "Printer", "high", f"'{EVIL}")
    assert line["Papers"] == "; ".join(attached)
    assert (line["chats"], line["created_by"], line["sla"]) == (firm.chats[0].title, "Ada", "not_set")
    told = [(each["about_name"], each["author"], each["text"], each["answers"]) for each in files["comments"]]
    assert told == [
        (firm.chats[0].title, "Ada", "Ask @Max.", ""),
        (firm.chats[0].title, "Max", "I did.", said["id"]),
        ("#1 Printer", "Ada", "Ordered.", ""),
    ]
    quoting = files["comments"][0]
    assert (quoting["quoted_chat_id"], quoting["quoted_message_id"]) == (chat, "10")


def test_fields_have_a_line_for_each_column_or_option(firm: Firm) -> None:
    firm.send("POST", "/columns", {"name": "Stage", "type": "select", "options": [{"name": "Won"}, {"name": "Lost"}]})
    firm.send("POST", "/ticket-fields", {"name": "Topic", "type": "text"})
    lines = firm.carrier(firm.olga).lines("fields")
    told = [(line["of"], line["name"], line["type"], line["option"]) for line in lines if line["name"] != "Tags"]
    assert told == [
        ("chat", "Stage", "select", "Won"),
        ("chat", "Stage", "select", "Lost"),
        ("ticket", "Topic", "text", ""),
    ]


def test_no_cell_is_a_formula_whoever_wrote_it(firm: Firm) -> None:
    """At Telegram a contact chooses what they are called; teammates write the rest."""
    firm.send("POST", "/columns", {"name": EVIL, "type": "text"})
    evil = replace(firm.chats[0], title=EVIL, username="+evil", last_message_id=11)
    chats.record_chats([evil], tenant=a_job(firm.workspace_id))
    firm.send("POST", f"/chats/{evil.id}/comments", {"text": "\t=1+1"})
    files = unpacked(firm.carrier(firm.ada).whole())
    cells = [cell for lines in files.values() for line in lines for cell in (*line, *line.values())]
    assert f"'{EVIL}" in cells
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []


def test_members_take_data_away_by_toggle_and_never_the_activity_log(firm: Firm) -> None:
    """Workspace data export: by toggle / yes / yes; activity log, export: no / yes / yes (product.md section 3)."""
    max_ = firm.carrier(firm.max)
    refused = max_.ask()
    assert (refused.status, refused.code) == (403, "permission-missing")
    switch(Toggle.EXPORT_DATA, a_job(firm.workspace_id), is_on=True)
    assert list(unpacked(max_.whole())) == [name for name in FILES if name != "activity"]
    [export_id] = max_.listed()
    switch(Toggle.EXPORT_DATA, a_job(firm.workspace_id), is_on=False)
    assert max_.look(export_id).status == 403


def test_an_export_is_there_for_who_asked_for_it_alone(firm: Firm, on_test_clock: Services) -> None:
    asked = firm.carrier(firm.ada).ask().body["id"]
    work(firm.clock)
    stranger = a_person("Eve")
    a_workspace((stranger, Role.OWNER))
    for other, code in ((firm.carrier(firm.olga), "data-export-not-found"), (firm.carrier(stranger), "not-found")):
        answer = other.look(asked)
        assert (answer.status, answer.code) == (404, code)
    assert firm.carrier(firm.olga).listed() == []


def test_who_may_not_export_any_more_gets_nothing(firm: Firm) -> None:
    switch(Toggle.EXPORT_DATA, a_job(firm.workspace_id), is_on=True)
    asked = firm.carrier(firm.max).ask().body["id"]
    switch(Toggle.EXPORT_DATA, a_job(firm.workspace_id), is_on=False)
    work(firm.clock)
    switch(Toggle.EXPORT_DATA, a_job(firm.workspace_id), is_on=True)
    assert firm.carrier(firm.max).look(asked).status == 404


def test_data_are_exported_once_a_minute_a_workspace_whoever_asks(firm: Firm) -> None:
    """One a minute a workspace (product.md section 5)."""
    assert firm.carrier(firm.olga).ask().status == 202
    firm.clock.advance(timedelta(seconds=20))
    refused = firm.carrier(firm.ada).ask()
    assert (refused.status, refused.code, refused.headers["Retry-After"]) == (429, "data-export-too-soon", "40")
    firm.clock.advance(timedelta(seconds=40))
    assert firm.carrier(firm.ada).ask().status == 202


def test_two_who_ask_at_once_start_one(firm: Firm, monkeypatch: pytest.MonkeyPatch) -> None:
    handles = [person.handle(firm.workspace_id, firm.clock) for person in (firm.ada, firm.olga)]
    ada, olga = [partial(request_export, RequestExport(), tenant=handle) for handle in handles]
    asked = at_once([ada, olga], monkeypatch)
    assert asked.count(DataExportTooSoon) == 1
    rows = handles[0].rows(keys.WORKSPACE)
    begun = [rows.plain(exports_keys.data_exports_of(person.user_id)) for person in (firm.ada, firm.olga)]
    assert sorted(map(len, begun)) == [0, 1]


def test_its_beginning_and_end_stand_in_the_log_and_who_asked_is_told(firm: Firm) -> None:
    """Exports are among what the log keeps (product.md section 10)."""
    asked = firm.carrier(firm.ada).ask().body["id"]
    work(firm.clock)
    entries = firm.send("GET", "/activity?kind=data", None)["entries"]
    told = {entry["kind"]: (entry["target"], entry["actor"]["kind"], entry["actor"]["name"]) for entry in entries}
    assert told["data.export_requested"] == (asked, "user", "Ada")
    assert told["data.exported"][:2] == (asked, "system")
    assert next(each["new"]["chats"] for each in entries if each["kind"] == "data.exported") == 3
    [notice] = firm.send("GET", "/notifications", None)["notices"]
    assert (notice["kind"], notice["about"]["kind"]) == ("export.finished", "workspace")


def test_whoever_is_told_outside_of_the_app_is_led_to_where_it_is_fetched(firm: Firm) -> None:
    about = About(kind=AboutKind.WORKSPACE, id=firm.workspace_id)
    told = Notice(kind=NoticeKind.EXPORT_FINISHED, to=firm.ada.user_id, about=about)
    assert path_to(told, firm.workspace_id) == f"/w/{firm.workspace_id}/settings/export"


def test_the_file_is_private_and_its_link_lasts_five_minutes(firm: Firm) -> None:
    """Fetched by a link that lasts 5 minutes (product.md section 5)."""
    carrier = firm.carrier(firm.olga)
    carrier.whole()
    done = carrier.look(carrier.listed()[0]).body
    assert datetime.fromisoformat(done["link_expires_at"]) == firm.clock() + timedelta(minutes=5)
    link = urllib.parse.urlsplit(done["link"])
    asked = urllib.parse.parse_qs(link.query)
    assert asked["X-Amz-Expires"] == ["300"]
    assert asked["response-content-disposition"][0].startswith("attachment; filename*=UTF-8''wireroom-export-")
    with pytest.raises(urllib.error.HTTPError, match="403"):
        fetched(link._replace(query="").geturl())


def test_the_file_is_gone_after_a_day(firm: Firm) -> None:
    carrier = firm.carrier(firm.olga)
    carrier.whole()
    done = carrier.look(carrier.listed()[0]).body
    assert datetime.fromisoformat(done["removed_at"]) == firm.clock() + timedelta(hours=24)
    firm.clock.advance(timedelta(hours=24))
    work(firm.clock)
    with pytest.raises(urllib.error.HTTPError, match="404"):
        fetched(done["link"])
    rows = a_job(firm.workspace_id).rows(keys.WORKSPACE)
    assert rows.plain(exports_keys.data_exports_of(firm.olga.user_id)) == []


def test_an_export_that_stands_still_has_failed(firm: Firm) -> None:
    carrier = firm.carrier(firm.olga)
    asked = carrier.ask().body["id"]
    firm.clock.advance(15 * MINUTE)
    assert carrier.look(asked).body["state"] == "waiting"
    firm.clock.advance(timedelta(seconds=1))
    assert carrier.look(asked).body["state"] == "failed"


def test_selected_chats_are_exported_alone_and_the_log_says_how_many(firm: Firm) -> None:
    """The bar of selected rows exports them (UX checklist, point 34): the file of chats, with these chats alone."""
    ada, (first, _, third) = firm.carrier(firm.ada), firm.chats
    files = unpacked(ada.whole(third.id, first.id, third.id))
    assert list(files) == ["chats"]
    assert [line["id"] for line in files["chats"]] == sorted((first.id, third.id))
    assert {line["username"] for line in files["chats"]} == {first.username, third.username}
    told = ada.look(ada.listed()[0]).body
    assert (told["selected"], told["lines"], told["percent"]) == (2, {"chats": 2}, 100)
    entries = firm.send("GET", "/activity?kind=data", None)["entries"]
    assert {(entry["kind"], entry["new"]["chats"]) for entry in entries} == {
        ("data.export_requested", 2),
        ("data.exported", 2),
    }


def test_of_selected_chats_those_that_are_not_there_are_in_no_line_and_others_show_what_one_sees(
    firm: Firm, clock: HandClock
) -> None:
    """A foreign id answers as a missing one; exports follow the rule of the screen (product.md section 1.3, 1.4)."""
    shown, hidden, _ = firm.chats
    path = f"/accounts/{firm.account_id}/excluded-chats"
    firm.send("POST", path, {"chat_ids": [hidden.id], "excluded": True})
    foreign = [chat.id for chat in Firm(clock).chats]
    [line] = unpacked(firm.carrier(firm.olga).whole(*foreign, hidden.id, shown.id, "nonsense"))["chats"]
    assert (line["id"], line["title"]) == (shown.id, shown.title)
    assert {line[name] for name in ("username", "unread_count", "last_message_at", "waiting_since")} == {""}


def test_a_selection_of_which_nothing_is_there_is_not_everything(firm: Firm) -> None:
    assert unpacked(firm.carrier(firm.ada).whole("nonsense")) == {"chats": []}


@pytest.mark.parametrize("chat_ids", [[], ["x"] * 1_001])
def test_no_chat_or_too_many_are_refused_and_cost_nobody_their_turn(firm: Firm, chat_ids: list[str]) -> None:
    """At most 1,000 chats at once, as bulk edits take them."""
    desk = Desk(person=firm.ada, workspace_id=firm.workspace_id)
    assert desk.send("POST", "/exports", {"chat_ids": chat_ids}).status == 422
    assert firm.carrier(firm.ada).ask(firm.chats[0].id).status == 202


def test_a_selection_is_one_of_the_exports_of_that_minute(firm: Firm) -> None:
    """One a minute a workspace (product.md section 5), whatever is in it."""
    chat_id = firm.chats[0].id
    assert firm.carrier(firm.max).ask(chat_id).status == 403
    assert firm.carrier(firm.ada).ask(chat_id).status == 202
    firm.clock.advance(timedelta(seconds=20))
    refused = firm.carrier(firm.olga).ask(chat_id)
    assert (refused.code, refused.headers["Retry-After"]) == ("data-export-too-soon", "40")


def test_another_workspace_s_data_are_in_no_file(firm: Firm, clock: HandClock) -> None:
    other = Firm(clock)
    ids_of_theirs = {other.account_id, other.workspace_id, *(chat.id for chat in other.chats)}
    mine = str(unpacked(firm.carrier(firm.olga).whole()))
    assert [each for each in ids_of_theirs if each in mine] == []
