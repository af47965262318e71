"""Every screen, light and dark, wide and narrow: axe finds nothing, no error is logged, a picture is kept."""

from pathlib import Path

import pytest

from tests.browser.axe import violations_in_both_schemes
from tests.browser.conftest import Enter
from tests.browser.people import Person
from tests.browser.screens import chats_of

SIZES = {"desktop": {"width": 1440, "height": 900}, "phone": {"width": 390, "height": 844}}
PUBLIC = ["/sign-in", "/sign-up", "/invite#unknown", "/confirm#unknown", "/nowhere"]
OF_A_WORKSPACE = [
    "welcome",
    "inbox",
    "chats",
    "templates",
    "chats?layout=board",
    "activity",
    "contacts",
    "contacts?of=groups",
    "activity?kind=column.purged",
    "notifications",
    "reminders",
    "settings/accounts",
    "settings/general",
    "settings/fields",
    "settings/tags",
    "settings/members",
    "settings/billing",
    "settings/export",
    "settings/background-work",
]
PERSONAL = ["/settings/profile", "/settings/notifications", "/settings/appearance"]


@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_nothing_on_any_screen(enter: Enter, settled: Person, size: str, tmp_path: Path) -> None:
    page = enter(f"/w/{settled.workspace_id}/inbox", settled, viewport=SIZES[size])
    faults: list[str] = []
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda crash: faults.append(str(crash)))
    chat = chats_of(settled)[0]
    own = [*OF_A_WORKSPACE, f"inbox/{chat['id']}"]
    paths = [*(f"/w/{settled.workspace_id}/{path}" for path in own), *PERSONAL]
    found = {path: violations_in_both_schemes(page, path, tmp_path / f"{n}.png") for n, path in enumerate(paths)}
    assert {path: broken for path, broken in found.items() if broken} == {}
    assert faults == []


def test_axe_finds_nothing_for_a_visitor(enter: Enter, tmp_path: Path) -> None:
    page = enter("/sign-in")
    found = {path: violations_in_both_schemes(page, path, tmp_path / f"{n}.png") for n, path in enumerate(PUBLIC)}
    assert {path: broken for path, broken in found.items() if broken} == {}
