"""How smoothly a page draws while something is done to it, in headless Chromium at a part of its speed.

The figure is the time a frame takes, held against that of 45 frames a second. A task of the page that takes longer than
50 ms is felt as a jerk: then there is no figure.
"""

import os
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from playwright.sync_api import CDPSession, Page, sync_playwright

from bench.measure import Figure

SLOWDOWN = 4
LEAST_FPS = 45
JERK_MS = 50
_PATIENCE_MS = 240_000
_WATCH = """() => {
    const seen = window.seen = {frames: 0, longest: 0};
    const frame = () => {
        seen.frames++;
        if (window.seen === seen) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    const watched = new PerformanceObserver((list) => {
        for (const {duration} of list.getEntries()) seen.longest = Math.max(seen.longest, duration);
    });
    watched.observe({type: "longtask"});
}"""

Round = tuple[float, float]
"""Milliseconds a frame, and of the longest task."""


class Jerky(RuntimeError):
    """Some task of the page kept it from drawing for longer than anybody would not notice."""


@contextmanager
def a_page() -> Iterator[Page]:
    """A page of a browser of its own, which waits for what is slow."""
    found = os.environ.get("WIREROOM_CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--disable-dev-shm-usage"])
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.set_default_timeout(_PATIENCE_MS)
        yield page
        browser.close()


def slowed(page: Page, slowdown: int) -> CDPSession:
    """The page at a part of the machine's speed from now on; gives the line to its browser."""
    line = page.context.new_cdp_session(page)
    line.send("Emulation.setCPUThrottlingRate", {"rate": slowdown})
    return line


def watched(page: Page, act: Callable[[], None], seconds: float) -> Round:
    """What the page draws while an act is done again and again."""
    page.evaluate(_WATCH)
    began = time.monotonic()
    while time.monotonic() - began < seconds:
        act()
    took_ms = (time.monotonic() - began) * 1_000
    seen = page.evaluate("window.seen")
    return took_ms / seen["frames"], float(seen["longest"])


def best_of(name: str, rounds: Sequence[Round], jerk_ms: int) -> Figure:
    """The best round counts: others at work on the machine make it slower, nothing makes it faster.

    Raises:
        Jerky: in every round some task of the page took longer than `jerk_ms`.
    """
    smooth = [frame_ms for frame_ms, longest in rounds if longest <= jerk_ms]
    if not smooth:
        raise Jerky(f"Milliseconds a frame, and of the longest task: {rounds}")
    ours, baseline = min(smooth), 1_000 / LEAST_FPS
    return Figure(
        name=name,
        ours=round(ours, 1),
        baseline=round(baseline, 1),
        ratio=round(ours / baseline, 3),
        unit="ms",
        most=1.0,
    )
