"""The workspace's data to take away: asked for, watched, saved, and refused to who may not."""

import csv
import io
import re
from pathlib import Path
from zipfile import ZipFile

from playwright.sync_api import expect

from tests.browser.axe import violations, violations_as_it_stands
from tests.browser.conftest import Enter
from tests.browser.people import Person
from tests.browser.screens import chats_of

WRITTEN_WITHIN_MS = 45_000
"""It begins five seconds after it is asked for, and due work is looked for every ten."""


def test_data_are_taken_away_and_whoever_may_not_reads_whom_to_ask(
    enter: Enter, settled: Person, teammate_of_settled: Person, tmp_path: Path
) -> None:
    """Export a zip of CSVs: one a minute a workspace, built in the background, fetched by a link."""
    page = enter(f"/w/{settled.workspace_id}/settings/general", settled)
    page.get_by_role("link", name="Export", exact=True).click()
    expect(page.get_by_role("heading", name="No exports")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="Export data").press("Enter")
    expect(page.get_by_text("The export begins in a few seconds")).to_be_visible()
    expect(page.get_by_role("progressbar", name="Export")).to_be_attached()
    expect(page.get_by_role("button", name=re.compile(r"Export again in \d:\d\d"))).to_be_disabled()
    page.get_by_role("link", name="Inbox").click()
    page.go_back()
    download = page.get_by_role("button", name=re.compile("Download the export of"))
    expect(download).to_be_visible(timeout=WRITTEN_WITHIN_MS)
    assert violations_as_it_stands(page) == []
    with page.expect_download() as saved:
        download.click()
    saved.value.save_as(tmp_path / "export.zip")
    assert re.fullmatch(r"wireroom-export-\d{4}-\d\d-\d\d\.zip", saved.value.suggested_filename)
    with ZipFile(tmp_path / "export.zip") as archive:
        lines = list(csv.DictReader(io.StringIO(archive.read("chats.csv").decode("utf-8-sig"), newline="")))
    assert sorted(line["id"] for line in lines) == sorted(chat["id"] for chat in chats_of(settled))
    page.goto(f"/w/{settled.workspace_id}/notifications")
    page.get_by_role("link", name=re.compile("An export of .* is ready")).click()
    expect(download).to_be_visible()

    theirs = enter(f"/w/{settled.workspace_id}/settings/export", teammate_of_settled)
    expect(theirs.get_by_text("Only Admins and Owners may do this.")).to_be_visible()
    expect(theirs.get_by_text("Owners can switch on")).to_be_visible()
    expect(theirs.get_by_role("button", name="Export data")).to_have_count(0)
    assert violations(theirs) == []
