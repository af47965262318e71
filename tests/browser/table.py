"""The table of chats as a person works in it: a canvas, so its cells are found by where they lie.

Before the columns stands one with a box for each row."""

import json
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.people import Person

A_KEY_MS = 30
A_FRAME = "new Promise(drawn => requestAnimationFrame(drawn))"
STEPS = 8
SETTLED = 6
"""Frames after which the grid finds columns where they are drawn now."""
OWN_FIELDS = {"Assignee": "card:assignee", "Priority": "card:priority"}
"""Columns that show a chat's own fields."""
WIDE = {"width": 3000, "height": 900}
"""Room for every column, so that nothing must be scrolled to."""


class Table:
    """One open table. Rows are counted from 0 as shown; columns are named as in their headers."""

    def __init__(self, page: Page, person: Person) -> None:
        self._page = page
        self._person = person
        self._grid = page.get_by_test_id("grid")
        expect(self._grid).to_be_visible()

    def cell(self, column: str, row: int) -> Locator:
        """What a screen reader hears of a cell: the value as it would be copied."""
        return self._page.get_by_test_id(f"glide-cell-{self._number_of(column) + 1}-{row}")

    def click(self, column: str, row: int) -> None:
        """Click a cell; one with a box is toggled by it."""
        self._page.mouse.click(*self._middle(column, row))

    def select(self, column: str, row: int) -> None:
        """Click a cell; until it says that it is selected."""
        self.click(column, row)
        expect(self.cell(column, row)).to_have_attribute("aria-selected", "true")

    def type(self, text: str) -> None:
        """Type as a fast person does."""
        self._page.keyboard.type(text, delay=A_KEY_MS)

    def row_of(self, title: str) -> int:
        """In which row a chat stands."""
        cells = self._page.locator("[data-testid^='glide-cell-1-']").filter(has_text=title)
        return int((cells.first.get_attribute("data-testid") or "").rpartition("-")[2])

    def enter(self, column: str, row: int, text: str) -> None:
        """Click a cell, type, press Enter; until the server has taken it."""
        self.select(column, row)
        with self.saving():
            self.type(text)
            self._page.keyboard.press("Enter")

    def header(self, column: str, *, edge: bool = False) -> tuple[float, float]:
        """Where a column's header is in the window: its middle, or the edge by which it is made wider."""
        x, y = self._middle(column, 0)
        width = json.loads(self._said("widths"))[self._number_of(column)]
        above = float(self._said("header-height")) / 2 + float(self._said("row-height")) / 2
        return x + (width / 2 if edge else 0), y - above

    def summary(self, column: str) -> tuple[float, float]:
        """Where the sum under a column is in the window: at the bottom of the grid, however few rows there are."""
        box = self._grid.bounding_box()
        assert box is not None
        return self.header(column)[0], box["y"] + box["height"] - float(self._said("row-height")) / 2

    def menu(self, column: str) -> Locator:
        """Open the menu of a column's header."""
        self._page.mouse.click(*self.header(column))
        return self._page.get_by_role("menu")

    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """Hold the mouse at one place and let go at another; no faster than the page draws, as with hands."""
        self._page.mouse.move(*start)
        for _ in range(SETTLED):
            self._page.evaluate(A_FRAME)
        self._page.mouse.down()
        for step in range(1, STEPS + 1):
            self._page.evaluate(A_FRAME)
            way = step / STEPS
            self._page.mouse.move(start[0] + (end[0] - start[0]) * way, start[1] + (end[1] - start[1]) * way)
        self._page.evaluate(A_FRAME)
        self._page.mouse.up()

    def corner(self, column: str, row: int) -> tuple[float, float]:
        """The handle at the lower right of a selected cell."""
        x, y = self._middle(column, row)
        width = json.loads(self._said("widths"))[self._number_of(column)]
        return x + width / 2 - 4, y + float(self._said("row-height")) / 2 - 4

    def names(self) -> list[str]:
        """The columns from left to right as they are shown, by what a screen reader hears."""
        return [each.inner_text() for each in self._page.get_by_role("columnheader", include_hidden=True).all()]

    def saving(self) -> Any:
        """A block in which a value is stored."""
        return self._page.expect_response(lambda answer: "/values/" in answer.url and answer.ok)

    def _middle(self, column: str, row: int) -> tuple[float, float]:
        box = self._grid.bounding_box()
        assert box is not None
        number, widths = self._number_of(column), json.loads(self._said("widths"))
        header, height = float(self._said("header-height")), float(self._said("row-height"))
        left = box["x"] + float(self._said("marker-width")) + sum(widths[:number])
        return left + widths[number] / 2, box["y"] + header + (row + 0.5) * height

    def _number_of(self, column: str) -> int:
        ids = json.loads(self._said("columns"))
        if column == "Name":
            return 0
        if column in OWN_FIELDS:
            return int(ids.index(OWN_FIELDS[column]))
        status, known = self._person.api("GET", f"/workspaces/{self._person.workspace_id}/columns")
        assert status == 200, known
        [column_id] = [each["id"] for each in known["columns"] if each["name"] == column]
        expect(self._grid).to_have_attribute("data-columns", json.dumps(ids, separators=(",", ":")))
        return int(ids.index(column_id))

    def _said(self, name: str) -> str:
        return self._grid.get_attribute(f"data-{name}") or ""
