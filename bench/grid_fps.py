"""How smoothly the table scrolls: the app's screen with 100,000 chats, while the wheel turns for some seconds."""

from playwright.sync_api import CDPSession, Page

from bench.crowded_workspace import WORKSPACE, crowded_workspace
from bench.measure import Figure, report
from bench.smoothness import JERK_MS, SLOWDOWN, a_page, best_of, slowed, watched

CHATS = 100_000
SECONDS = 3
ROUNDS = 6
_NOTCH = 120


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
        _open(page, origin, chats)
        speed = slowed(page, slowdown)
        scrolled = [watched(page, lambda: _turn(speed), seconds) for _ in range(rounds)]
    return best_of("grid_fps", scrolled, jerk_ms)


def _open(page: Page, origin: str, chats: int) -> None:
    page.goto(f"{origin}/w/{WORKSPACE}/chats")
    page.get_by_role("status").filter(has_text=f"{chats:,} rows").wait_for()
    page.get_by_test_id("grid").hover(position={"x": 500, "y": 400})


def _turn(speed: CDPSession) -> None:
    """The wheel, by a notch."""
    wheel = {"type": "mouseWheel", "x": 700, "y": 450, "deltaX": 0, "deltaY": _NOTCH}
    speed.send("Input.dispatchMouseEvent", wheel)


if __name__ == "__main__":
    report(measure())
