"""Where a notice leads, from a letter, the bot, a push message: to a page the app has."""

import pytest

from chalicelib.features.delivery.model import path_to
from chalicelib.features.notifications.model import About, AboutKind
from chalicelib.kernel.ids import WorkspaceId
from dev.settings import ROOT

PAGES = ROOT / "web" / "src" / "app" / "routes" / "_signed" / "w"


@pytest.mark.parametrize(
    ("kind", "path", "page"),
    [
        (AboutKind.CHAT, "/w/01W/chats?peek=01X", "$ws/chats.tsx"),
        (AboutKind.TICKET, "/w/01W/tickets/01X", "$ws/tickets/$ticketId.tsx"),
        (AboutKind.WORKSPACE, "/w/01W", "$ws.tsx"),
    ],
)
def test_a_notice_leads_to_the_place_itself(kind: AboutKind, path: str, page: str) -> None:
    assert path_to(About(kind=kind, id="01X"), WorkspaceId("01W")) == path
    assert (PAGES / page).is_file()


def test_every_kind_of_place_is_led_to() -> None:
    assert all(path_to(About(kind=kind, id="01X"), WorkspaceId("01W")).startswith("/w/01W") for kind in AboutKind)
