"""How smoothly a card is dragged: the app's board with 100,000 chats, over its lanes to and fro for some seconds."""

from itertools import cycle

from playwright.sync_api import Page

from bench.crowded_workspace import WORKSPACE, crowded_workspace
from bench.measure import Figure, report
from bench.smoothness import JERK_MS, SLOWDOWN, a_page, best_of, slowed, watched

CHATS = 100_000
"""In the eleven lanes of the workspace's first column of choices."""
SECONDS = 3
ROUNDS = 6
_STEP = 12
_LEFT, _RIGHT, _DOWN = 300, 1_400, 400
"""The way of the pointer, in pixels. At its right end the board scrolls, and back at its left."""


def measure(
    *,
    chats: int = CHATS,
    seconds: float = SECONDS,
    slowdown: int = SLOWDOWN,
    rounds: int = ROUNDS,
    jerk_ms: int = JERK_MS,
) -> Figure:
    """Milliseconds a frame.

    Raises:
        Jerky: in every round some task of the page took longer than `jerk_ms`.
    """
    with crowded_workspace(chats) as origin, a_page() as page:
        page.goto(f"{origin}/w/{WORKSPACE}/chats?layout=board")
        page.get_by_role("status").filter(has_text=f"{chats:,} rows").wait_for()
        _take_a_card(page)
        slowed(page, slowdown)
        way = cycle([*range(_LEFT, _RIGHT, _STEP), *range(_RIGHT, _LEFT, -_STEP)])
        dragged = [watched(page, lambda: page.mouse.move(next(way), _DOWN), seconds) for _ in range(rounds)]
        _expect_held(page)
    return best_of("board_fps", dragged, jerk_ms)


def _take_a_card(page: Page) -> None:
    box = page.get_by_test_id("board").get_by_role("button", name="Person").first.bounding_box()
    if box is None:
        raise LookupError("no card is in sight")
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    _expect_held(page)


def _expect_held(page: Page) -> None:
    """On the way some lane shows that the card would fall into it."""
    lane = page.get_by_test_id("board").locator("[data-over=true]")
    for x in range(_LEFT, _RIGHT, 10 * _STEP):
        page.mouse.move(x, _DOWN)
        if lane.count() > 0:
            return
    raise LookupError("no card is held over the board")


if __name__ == "__main__":
    report(measure())
