"""Files in the inbox: attached, pasted, sent as albums, looked at, and taken back (product.md section 6)."""

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from chalicelib.kernel import ids
from dev.telegram.demo.pictures import gradient_png
from tests.browser.axe import violations
from tests.browser.conftest import Enter
from tests.browser.people import Person
from tests.browser.product import RunningProduct
from tests.browser.screens import copies_at_telegram, eventually, open_chat


def pictures(folder: Path, count: int) -> list[Path]:
    """Pictures on this device."""
    made = []
    for number in range(count):
        file = folder / f"picture-{number}.png"
        file.write_bytes(gradient_png(240, 160, (40 * number + 40, 60, 90), (20, 90, 200)))
        made.append(file)
    return made


def attach(page: Page, files: list[Path]) -> Locator:
    """Pick files by the composer's button; gives the tray."""
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Attach files", exact=True).click()
    chooser.value.set_files(files)
    return page.get_by_role("dialog")


def test_an_album_is_sent_shown_as_one_and_looked_at(
    enter: Enter, product: RunningProduct, settled: Person, tmp_path: Path
) -> None:
    page = enter(f"/w/{settled.workspace_id}/inbox", settled)
    messages = open_chat(page, "Elena Petrova")
    caption = f"Holiday {ids.mint()}"
    tray = attach(page, pictures(tmp_path, 3))
    expect(tray.get_by_role("listitem")).to_have_count(3)
    tray.get_by_label("Caption of picture-0.png").fill(caption)
    tray.get_by_role("button", name="Move picture-2.png up").click()
    expect(tray.get_by_role("listitem").nth(1)).to_have_accessible_name("picture-2.png")
    assert violations(page) == []
    tray.get_by_role("button", name="Send", exact=True).click()
    album = messages.get_by_role("article").filter(has_text=caption)
    expect(album.get_by_role("button", name="Open photo")).to_have_count(3)
    assert len(copies_at_telegram(product, caption)) == 2, "one in the sender's box, one in the recipient's"
    album.get_by_role("button", name="Open photo").first.click()
    viewer = page.get_by_role("dialog")
    expect(viewer.get_by_role("img", name=caption)).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("ArrowRight")
    expect(viewer.get_by_role("img", name="Photo")).to_be_visible()
    with page.expect_popup() as opened:
        viewer.get_by_role("link", name="Download").click()
    opened.value.close()
    page.keyboard.press("Escape")
    expect(viewer).to_have_count(0)


def bring(page: Page, how: str, name: str) -> Locator:
    """Have a file of that name dropped onto the chat or pasted into it; gives the tray."""
    page.get_by_role("textbox", name="Message", exact=True).evaluate(
        """(field, [how, name]) => {
            const data = new DataTransfer();
            data.items.add(new File(["what was agreed"], name, {type: "text/plain"}));
            const about = {bubbles: true, cancelable: true};
            const pasted = new ClipboardEvent("paste", {clipboardData: data, ...about});
            const dropped = new DragEvent("drop", {dataTransfer: data, ...about});
            field.dispatchEvent(how === "paste" ? pasted : dropped);
        }""",
        [how, name],
    )
    return page.get_by_role("dialog")


def test_a_pasted_file_is_sent_and_a_dropped_one_that_is_taken_back_is_nowhere(
    enter: Enter, product: RunningProduct, settled: Person
) -> None:
    page = enter(f"/w/{settled.workspace_id}/inbox", settled, viewport={"width": 390, "height": 844})
    messages = open_chat(page, "Chloé Dubois")
    caption = bring(page, "paste", "notes.txt").get_by_label("Caption of notes.txt")
    caption.fill("as agreed")
    caption.press("Enter")
    expect(messages.get_by_role("button", name="notes.txt")).to_be_visible()
    product.telegram("/faults", {"method": "upload.SaveFilePart", "delay_s": 30, "times": 1})
    taken_back = f"Taken back {ids.mint()}"
    tray = bring(page, "drop", "draft.txt")
    tray.get_by_label("Caption of draft.txt").fill(taken_back)
    page.keyboard.press("Escape")
    page.get_by_role("dialog", name="Discard these files?").get_by_role("button", name="Cancel").click()
    tray.get_by_role("button", name="Send", exact=True).click()
    expect(messages.get_by_text("Handing over")).to_be_visible()
    messages.get_by_role("button", name="Cancel sending").click()
    expect(messages.get_by_text(taken_back)).to_have_count(0)
    behind_it = f"Behind it {ids.mint()}"
    page.get_by_role("textbox", name="Message", exact=True).fill(behind_it)
    page.keyboard.press("Enter")
    eventually("what waited behind it is there", lambda: copies_at_telegram(product, behind_it) != [])
    assert copies_at_telegram(product, taken_back) == []


def test_a_voice_message_is_recorded_not_lost_by_leaving_sent_and_played_wherever_one_scrolls(
    enter: Enter, settled: Person
) -> None:
    page = enter(f"/w/{settled.workspace_id}/inbox", settled)
    messages = open_chat(page, "Дмитрий Кузнецов")
    page.get_by_role("button", name="Record a voice message").click()
    recording = page.get_by_role("timer", name="Recording")
    expect(recording).to_have_text(re.compile(r"0:0[1-9]"))
    open_chat(page, "Chloé Dubois")
    question = page.get_by_role("dialog", name="Discard the recording?")
    question.get_by_role("button", name="Cancel").click()
    expect(recording).to_be_visible()
    page.get_by_role("button", name="Send the recording").click()
    messages.get_by_role("button", name="Voice message").last.click()
    player = page.get_by_role("region", name="Player").locator("audio")
    expect(player).to_be_visible()
    page.wait_for_function("(audio) => audio.duration > 0 && !audio.error", arg=player.element_handle())
    messages.press("Home")
    expect(messages.get_by_role("button", name="Voice message")).to_have_count(0)
    expect(player).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="Close the player").click()
    expect(player).to_have_count(0)
