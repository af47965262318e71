"""Where a notice leads, from a letter, the bot, a push message: to a page the app has."""

import pytest

from chalicelib.features.delivery.model import path_to
from chalicelib.features.notifications.model import About, AboutKind, Notice, NoticeKind
from chalicelib.kernel.ids import UserId, WorkspaceId
from dev.settings import ROOT

PAGES = ROOT / "web" / "src" / "app" / "routes" / "_signed" / "w"


@pytest.mark.parametrize(
    ("kind", "about", "path", "page"),
    [
        (NoticeKind.CHAT_WAITING, AboutKind.CHAT, "/w/01W/chats?peek=01X", "$ws/chats.tsx"),
        (NoticeKind.TICKET_ASSIGNED, AboutKind.TICKET, "/w/01W/tickets/01X", "$ws/tickets/$ticketId.tsx"),
        (NoticeKind.IMPORT_FINISHED, AboutKind.WORKSPACE, "/w/01W/settings/import", "$ws/settings/import.tsx"),
        (NoticeKind.EXPORT_FINISHED, AboutKind.WORKSPACE, "/w/01W/settings/export", "$ws/settings/export.tsx"),
    ],
)
def test_a_notice_leads_to_the_place_itself(kind: NoticeKind, about: AboutKind, path: str, page: str) -> None:
    assert path_to(notice(kind, about), WorkspaceId("01W")) == path
    assert (PAGES / page).is_file()


def test_every_kind_of_place_is_led_to() -> None:
    places = {path_to(notice(NoticeKind.REMINDER_DUE, about), WorkspaceId("01W")) for about in AboutKind}
    assert len(places) == len(AboutKind)


def notice(kind: NoticeKind, about: AboutKind) -> Notice:
    """One that tells of 01X."""
    return Notice(kind=kind, to=UserId("01U"), about=About(kind=about, id="01X"))
