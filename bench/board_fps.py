"""How smoothly a card is dragged: the app's board with 400 cards in each of its lanes, to and fro for some seconds."""

from itertools import cycle

from playwright.sync_api import Page

from bench.crowded_workspace import WORKSPACE, crowded_workspace
from bench.measure import Figure, report
from bench.smoothness import JERK_MS, SLOWDOWN, a_page, best_of, slowed, watched

CHATS = 4_000
"""In the ten lanes of the workspace's first column of choices."""
SECONDS = 3
ROUNDS = 4
_STEP_PX = 12
_FROM_PX, _TO_PX = 300, 1_300


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
        ways = [*range(_FROM_PX, _TO_PX, _STEP_PX), *range(_TO_PX, _FROM_PX, -_STEP_PX)]
        places = cycle(ways)
        dragged = [watched(page, lambda: page.mouse.move(next(places), 400), seconds) for _ in range(rounds)]
        page.mouse.up()
    return best_of("board_fps", dragged, jerk_ms)


def _take_a_card(page: Page) -> None:
    box = page.get_by_test_id("board").get_by_role("button", name="Person").first.bounding_box()
    if box is None:
        raise LookupError("no card is in sight")
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(_FROM_PX, 400, steps=5)


if __name__ == "__main__":
    report(measure())
