"""Columns and values made and read through the API, for journeys that are about something else."""

from typing import Any

from tests.browser.people import Person
from tests.browser.screens import chats_of

ELENA = "Elena Petrova"


def column(person: Person, name: str, kind: str, **more: object) -> dict[str, Any]:
    """A new column of the person's workspace, as the API answers it."""
    status, made = person.api(
        "POST", f"/workspaces/{person.workspace_id}/columns", {"name": name, "type": kind, **more}
    )
    assert status == 201, made
    return dict(made)


def column_of(person: Person, name: str) -> dict[str, Any]:
    """A column of the person's workspace that is there, by its name."""
    columns = person.api("GET", f"/workspaces/{person.workspace_id}/columns")[1]["columns"]
    [found] = [each for each in columns if each["name"] == name]
    return dict(found)


def put(
    person: Person, column: dict[str, Any], value: object, *, title: str = ELENA, version: int | None = None
) -> None:
    """Give one chat a value in a column, over the version that stands; None: its first one."""
    where = f"/workspaces/{person.workspace_id}/chats/{chat_of(person, title)['id']}/values/{column['id']}"
    status, stored = person.api("PUT", where, {"value": value, "version": version})
    assert status == 200, stored


def chat_of(person: Person, title: str) -> dict[str, Any]:
    """The card of the one chat with this title."""
    [chat] = [each for each in chats_of(person) if each["title"] == title]
    return dict(chat)


def values(person: Person, title: str) -> dict[str, object]:
    """What a chat's columns hold, by the column's name; options by theirs."""
    columns = person.api("GET", f"/workspaces/{person.workspace_id}/columns")[1]["columns"]
    held = chat_of(person, title)["values"]
    named = {option["id"]: option["name"] for column in columns for option in column["options"]}
    stored = {column["name"]: held[column["id"]]["value"] for column in columns if column["id"] in held}
    return {name: _read(value, named) for name, value in stored.items() if value is not None}


def _read(value: object, named: dict[str, str]) -> object:
    if isinstance(value, list):
        return [named.get(each, each) for each in value]
    return named.get(value, value) if isinstance(value, str) else value
