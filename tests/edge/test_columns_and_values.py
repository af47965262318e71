"""Routes of columns and values: status, body, problem, role, and every kind of bad input."""

import threading
from typing import Any

import pytest

from chalicelib.features.fields.use_cases import values
from chalicelib.kernel import ids
from tests.api_client import Answer
from tests.local_aws import LocalAws
from tests.office import Office


@pytest.fixture(scope="module")
def office(local_aws: LocalAws) -> Office:
    return Office()


def test_a_column_has_a_key_from_its_name_and_stands_at_the_end(local_aws: LocalAws) -> None:
    office = Office()
    first, second = office.column(name="Deal size (EUR)"), office.column(name="Этап")
    assert (first["key"], second["key"]) == ("deal_size_eur", "этап")
    assert first["position"] < second["position"]
    [tags, *own] = office.member.get("/columns").body["columns"]
    assert (tags["key"], own) == ("tags", [first, second])


def test_two_columns_of_one_name_have_two_keys(office: Office) -> None:
    keys = {office.column(name="Twin")["key"] for _ in range(3)}
    assert keys == {"twin", "twin_2", "twin_3"}


def test_repeating_a_creation_makes_one_column(local_aws: LocalAws) -> None:
    office = Office()
    body, key = {"name": "Once", "type": "text"}, {"idempotency-key": ids.mint()}
    first = office.owner.send("POST", "/columns", body, headers=key)
    again = office.owner.send("POST", "/columns", body, headers=key)
    assert (first.status, again.status) == (201, 201)
    assert first.body == again.body
    assert len(office.owner.get("/columns").body["columns"]) == 2, "the column and the tags"


@pytest.mark.parametrize(
    ("method", "path"), [("POST", "/columns"), ("PATCH", "/columns/{id}"), ("DELETE", "/columns/{id}")]
)
def test_a_member_may_not_change_the_columns(office: Office, method: str, path: str) -> None:
    column = office.column()
    body = {"name": "Mine", "type": "text"} if method == "POST" else {"name": "Mine"} if method == "PATCH" else None
    answer = office.member.send(method, path.format(id=column["id"]), body)
    assert (answer.status, answer.code) == (403, "permission-missing")
    assert column in office.owner.get("/columns").body["columns"]


def test_a_rename_keeps_the_key(office: Office) -> None:
    column = office.column(name="Before")
    answer = office.owner.send("PATCH", f"/columns/{column['id']}", {"name": "After"})
    assert answer.body == column | {"name": "After", "version": 2}


def test_a_change_of_a_version_that_passed_is_refused(office: Office) -> None:
    column = office.column(name="Before")
    office.owner.send("PATCH", f"/columns/{column['id']}", {"name": "After"})
    answer = office.owner.send("PATCH", f"/columns/{column['id']}", {"name": "Late", "version": 1})
    assert (answer.status, answer.code, answer.body["standing"]) == (409, "column-changed", {"version": 2})


def test_an_option_left_out_is_archived_and_its_values_stay_readable(office: Office) -> None:
    column = office.column("select", options=[{"name": "Won", "hue": "green"}, {"name": "Lost"}])
    won, lost = column["options"]
    assert office.put(column["id"], lost["id"]).status == 200
    answer = office.owner.send("PATCH", f"/columns/{column['id']}", {"options": [won | {"name": "Gained"}]})
    assert answer.body["options"] == [won | {"name": "Gained"}]
    assert answer.body["archived_options"] == [lost]
    assert office.values()[column["id"]]["value"] == lost["id"]
    assert office.put(column["id"], won["id"], 1).status == 200
    assert office.put(column["id"], lost["id"], 2).code == "value-invalid"


def test_a_member_adds_an_option_while_editing_a_cell(office: Office) -> None:
    column = office.column("select", options=[{"name": "Won", "hue": "green"}])
    answer = office.member.send("POST", f"/columns/{column['id']}/options", {"name": "Open", "hue": "blue"})
    assert answer.status == 201
    assert [(option["name"], option["hue"]) for option in answer.body["options"]] == [
        ("Won", "green"),
        ("Open", "blue"),
    ]
    again = office.member.send("POST", f"/columns/{column['id']}/options", {"name": "open"})
    assert again.body == answer.body


def test_a_deleted_column_is_gone_with_its_values_and_frees_its_name(office: Office) -> None:
    column = office.column(name="Passing")
    office.put(column["id"], "here")
    assert office.owner.send("DELETE", f"/columns/{column['id']}").status == 204
    assert column["id"] not in office.values()
    assert office.put(column["id"], "there", 1).code == "column-not-found"
    assert office.owner.send("DELETE", f"/columns/{column['id']}").code == "column-not-found"
    assert office.owner.send("PATCH", f"/columns/{column['id']}", {"name": "Back"}).code == "column-not-found"
    assert office.column(name="Passing")["key"] == "passing"


BAD_COLUMNS = [
    ({"name": "", "type": "text"}, 422, ["/name"]),
    ({"name": "   ", "type": "text"}, 422, ["/name"]),
    ({"name": "x" * 101, "type": "text"}, 422, ["/name"]),
    ({"name": "a\u0000b", "type": "text"}, 422, ["/name"]),
    ({"name": "a\nb", "type": "text"}, 422, ["/name"]),
    ({"name": 7, "type": "text"}, 422, ["/name"]),
    ({"name": "A", "type": "colour"}, 422, ["/type"]),
    ({"name": "A", "type": "text", "description": "x" * 501}, 422, ["/description"]),
    ({"name": "A", "type": "text", "description": "two\nlines"}, 422, ["/description"]),
    ({"name": "A", "type": "number", "default": "many"}, 422, ["/default"]),
    ({"name": "A", "type": "long_text", "default": "x"}, 422, ["/default"]),
    ({"name": "A", "type": "person", "default": "0" * 26}, 422, ["/default"]),
    ({"name": "A", "type": "select", "options": [{"name": "x"}], "default": "x"}, 422, ["/default"]),
    ({"name": "A"}, 422, [""]),
    ({"name": "A", "type": "text", "colour": "red"}, 422, [""]),
    ({"name": "A", "type": "text", "options": [{"name": "x"}]}, 422, ["/options"]),
    ({"name": "A", "type": "select", "options": [{"name": "x", "hue": "mauve"}]}, 422, ["/options/0/hue"]),
    ({"name": "A", "type": "select", "options": [{"name": "x"}, {"name": "X"}]}, 422, ["/options/1"]),
    ({"name": "A", "type": "select", "options": [{"id": "nope", "name": "x"}]}, 422, ["/options/0/id"]),
    ({"name": "A", "type": "select", "options": [{"name": "x" * 101}]}, 422, ["/options/0/name"]),
    ({"name": "A", "type": "select", "options": [{"name": str(n)} for n in range(201)]}, 422, ["/options"]),
    ([], 422, [""]),
]


@pytest.mark.parametrize(("body", "status", "pointers"), BAD_COLUMNS)
def test_a_bad_column_is_refused_by_its_place(office: Office, body: object, status: int, pointers: list[str]) -> None:
    before = office.owner.get("/columns").body
    answer = office.owner.send("POST", "/columns", body)
    assert (answer.status, answer.media_type) == (status, "application/problem+json")
    assert answer.pointers == pointers
    assert office.owner.get("/columns").body == before


@pytest.mark.parametrize("name", ["العربية", "שלום", "📈", "👩‍👩‍👧", "e\u0301tape", "Имя", "名前"])
def test_a_column_may_be_named_in_any_script(office: Office, name: str) -> None:
    assert office.column(name=name)["key"]


GOOD = [
    ("text", "Hello", "Hello"),
    ("text", "  trimmed  ", "trimmed"),
    ("text", "x" * 1000, "x" * 1000),
    ("text", "👩‍👩‍👧 مرحبا שלום", "👩‍👩‍👧 مرحبا שלום"),
    ("number", 12, 12),
    ("number", -0.5, -0.5),
    ("number", 1.0, 1),
    ("number", 9007199254740991, 9007199254740991),
    ("date", "2028-02-29", "2028-02-29"),
    ("checkbox", True, True),
    ("checkbox", False, False),
    ("long_text", "  two\r\nlines\t ", "two\nlines"),
    ("long_text", "x" * 500, "x" * 500),
    ("long_text", "👩‍👩‍👧" * 4_000, "👩‍👩‍👧" * 4_000),
]


@pytest.mark.parametrize(("kind", "given", "stored"), GOOD)
def test_a_value_that_fits_is_stored(office: Office, kind: str, given: object, stored: object) -> None:
    column = office.column(kind)
    answer = office.put(column["id"], given)
    assert answer.status == 200, answer.body
    assert answer.body == office.member.get(f"/chats/{office.chat_id}/values/{column['id']}").body
    assert answer.body | {"value": None} == {"column_id": column["id"], **shown_without_text(office, column)}
    assert (answer.body["value"], answer.body["version"]) == (stored, 1)
    assert type(answer.body["value"]) is type(stored)
    assert office.member.person is not None
    assert answer.body["set_by"] == office.member.person.user_id


def shown_without_text(office: Office, column: dict[str, Any]) -> dict[str, Any]:
    """A value as lists show it, but for what it holds and whether that is all of it."""
    shown: dict[str, Any] = office.values()[column["id"]]
    return shown | {"value": None, "is_cut": False}


MISFITS = [
    ("text", 7),
    ("text", True),
    ("text", "x" * 1001),
    ("text", "a\u0000b"),
    ("text", "a\u0007b"),
    ("text", "two\nlines"),
    ("text", "two\u2028lines"),
    ("number", "12"),
    ("number", True),
    ("number", 9007199254740992),
    ("number", -1e300),
    ("date", "2026-02-30"),
    ("date", "2026-2-3"),
    ("date", "20260203"),
    ("date", "2026-W06-2"),
    ("date", "0000-01-01"),
    ("date", "٢٠٢٦-٠٢-٠٣"),
    ("date", 20260203),
    ("select", "unknown"),
    ("select", 1),
    ("checkbox", "true"),
    ("checkbox", 1),
    ("text", ["a"]),
    ("text", {"a": 1}),
    ("long_text", "x" * 20_001),
    ("long_text", "a\u0000b"),
    ("multiselect", "unknown"),
    ("multiselect", ["unknown"]),
    ("person", "nobody"),
    ("person", "0" * 26),
    ("person", ["0" * 26]),
]


@pytest.mark.parametrize(("kind", "misfit"), MISFITS)
def test_a_misfit_is_refused_at_value_and_nothing_is_written(office: Office, kind: str, misfit: object) -> None:
    column = office.column(kind)
    answer = office.put(column["id"], misfit)
    assert (answer.status, answer.pointers) == (422, ["/value"])
    assert column["id"] not in office.values()


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        (b'{"value": NaN, "version": null}', 400),
        (b'{"value": Infinity, "version": null}', 400),
        (b'{"value": 1e400, "version": null}', 422),
        (b'{"value": 1, "version": -1}', 422),
        (b'{"value": 1, "version": 1.5}', 422),
        (b'{"value": 1, "version": "1"}', 422),
        (b'{"value": 1}', 422),
        (b'{"version": null}', 422),
        (b'{"value": 1, "version": null, "x": 1}', 422),
        (b'{"value": "\\ud800", "version": null}', 400),
        (b"\xff\xfe", 400),
        (b"", 400),
        (b"{" * 100_000, 400),
        (b'{"value": ' + b"9" * 5_000 + b', "version": null}', 422),
        (b'{"value": "' + b"x" * 1_000_001 + b'", "version": null}', 413),
    ],
)
def test_what_is_no_number_or_no_json_is_refused(office: Office, raw: bytes, status: int) -> None:
    column = office.column("number")
    answer = office.member.send("PUT", f"/chats/{office.chat_id}/values/{column['id']}", raw=raw)
    assert (answer.status, answer.media_type) == (status, "application/problem+json")
    assert column["id"] not in office.values()


@pytest.mark.parametrize("chat_id", ["nope", "0" * 42, "%00", "🙂", "A" * 300])
def test_a_chat_that_is_not_there_is_not_found(office: Office, chat_id: str) -> None:
    column = office.column()
    answer = office.member.send("PUT", f"/chats/{chat_id}/values/{column['id']}", {"value": "x", "version": None})
    assert (answer.status, answer.code) == (404, "chat-not-found")
    assert office.member.get(f"/chats/{chat_id}").code == "chat-not-found"


@pytest.mark.parametrize("column_id", ["nope", "0" * 26, "row_kind", "pk", "%2E%2E", "🙂"])
def test_a_column_that_is_not_there_is_not_found(office: Office, column_id: str) -> None:
    answer = office.put(column_id, "x")
    assert (answer.status, answer.code) == (404, "column-not-found")


def test_a_late_writer_is_shown_the_value_that_stands(office: Office) -> None:
    column = office.column()
    stored = office.put(column["id"], "first").body
    answer = office.put(column["id"], "second", None)
    assert (answer.status, answer.code) == (409, "value-changed")
    assert answer.body["standing"] == stored
    assert office.put(column["id"], "second", 1).body["version"] == 2


def test_writing_what_stands_changes_nothing(office: Office) -> None:
    column = office.column()
    stored = office.put(column["id"], "same").body
    assert office.put(column["id"], "same", None).body == stored
    assert office.put(column["id"], " same ", 1).body == stored


@pytest.mark.parametrize("nothing", [None, "", "   "])
def test_null_clears_and_the_version_goes_on(office: Office, nothing: str | None) -> None:
    column = office.column()
    assert office.put(column["id"], nothing).body["version"] == 0
    office.put(column["id"], "here")
    cleared = office.put(column["id"], nothing, 1).body
    assert (cleared["value"], cleared["version"]) == (None, 2)
    assert office.put(column["id"], "late", 1).code == "value-changed"
    assert office.put(column["id"], "again", None).body["version"] == 3


def test_of_many_who_write_at_once_one_wins_and_the_others_learn_it(office: Office) -> None:
    column = office.column()
    answers: list[Answer] = []

    def write(text: str) -> None:
        answers.append(office.put(column["id"], text))

    writers = [threading.Thread(target=write, args=(f"writer {number}",)) for number in range(6)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(timeout=30)
    won = [answer for answer in answers if answer.status == 200]
    assert len(won) == 1
    assert [answer.code for answer in answers if answer.status != 200] == ["value-changed"] * 5
    assert all(answer.body["standing"] == won[0].body for answer in answers if answer.status == 409)


def test_a_workspace_has_at_most_a_hundred_columns(local_aws: LocalAws) -> None:
    office = Office()
    for number in range(100):
        office.column(name=f"Column {number}")
    answer = office.owner.send("POST", "/columns", {"name": "One more", "type": "text"})
    assert (answer.status, answer.code) == (409, "column-limit-reached")
    [_tags, first, *_] = office.owner.get("/columns").body["columns"]
    assert office.owner.send("DELETE", f"/columns/{first['id']}").status == 204
    assert office.owner.send("POST", "/columns", {"name": "One more", "type": "text"}).status == 201


def test_a_chat_holds_only_so_much_in_all_its_columns(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    full, empty = office.column(name="Long"), office.column(name="Longer")
    assert office.put(full["id"], "x" * 900).status == 200
    before = office.values()
    monkeypatch.setattr(values, "MAX_VALUES_BYTES", sum(len(str(value)) for value in before.values()) + 500)
    answer = office.put(empty["id"], "y" * 900)
    assert (answer.status, answer.code) == (409, "values-too-large")
    assert office.values() == before
