"""Files and the worker as a process: killed while an album is on its way, and how much memory a large file takes."""

from pathlib import Path

from chalicelib.kernel import ids
from chalicelib.kernel.ids import WorkspaceId
from dev.telegram import Emulator, Fault, RepeatedSends
from tests.local_aws import LocalAws
from tests.scene import Person
from tests.worker.gateway.large_files import GROWTH_BYTES, carried_both_ways
from tests.worker.gateway.process import WorkerProcess
from tests.worker.gateway.sending_files import A_PICTURE, Wire, a_file, in_transit
from tests.worker.gateway.stage import chat_with, eventually, owner_and_workspace, take_into_custody
from tests.worker.gateway.test_process import a_browser, until_ready

SMALL_BYTES = 48 * 1024 * 1024
"""More than the memory it may take; the soak sends 200 MB."""
ENDS_WITHIN_S = 30


async def test_an_album_survives_two_kills_and_arrives_once(
    telegram: Emulator, local_aws: LocalAws, tmp_path: Path
) -> None:
    """The first kill comes between two of its files, the second when Telegram has it and nobody knows."""
    telegram.rules.repeated_sends = RepeatedSends.REFUSED
    person, workspace_id = owner_and_workspace()
    anna, boris = telegram.world.add_user("Anna"), telegram.world.add_user("Boris")
    telegram.post(boris, anna, "hello")
    account_id = take_into_custody(person, workspace_id, anna, telegram.session(anna).save())
    chat_id = chat_with(account_id, boris)
    order: Wire = {"chat_id": chat_id, "client_id": ids.mint()}

    async def begin(name: str, *, seen: str) -> None:
        """Order the album at a worker of its own, which is killed once Telegram has seen that."""
        worker = await WorkerProcess.start(telegram, local_aws, tmp_path / name)
        try:
            async with a_browser(await worker.port(), person, workspace_id) as browser:
                await until_ready(browser, chat_id)
                if "files" not in order:
                    order["files"] = [
                        await a_file(browser, A_PICTURE, kind="photo", mime="image/png", caption=f"picture {number}")
                        for number in range(3)
                    ]
                before = telegram.calls[seen]
                browser.begin("media.send", **order)
                await eventually(lambda: telegram.calls[seen] > before, within_s=ENDS_WITHIN_S)
        finally:
            await worker.kill()

    telegram.fault(Fault(method="messages.UploadMedia", delay_s=60, times=1))
    await begin("first.log", seen="messages.UploadMedia")
    telegram.fault(Fault(method="messages.SendMultiMedia", drop=True, after_effect=True, times=1))
    await begin("second.log", seen="messages.SendMultiMedia")
    await _finish(telegram, local_aws, tmp_path, order, person, workspace_id)
    _, *album = sorted(boris.box.messages.values(), key=lambda message: message.id)
    assert [message.text for message in album] == ["picture 0", "picture 1", "picture 2"]
    assert len({message.grouped_id for message in album}) == 1
    await eventually(lambda: in_transit(local_aws, workspace_id) == [])


async def _finish(
    telegram: Emulator, aws: LocalAws, folder: Path, order: Wire, person: Person, workspace_id: WorkspaceId
) -> None:
    """Repeat the order at a worker that lives, until it says that it was sent."""
    worker = await WorkerProcess.start(telegram, aws, folder / "third.log")
    try:
        async with a_browser(await worker.port(), person, workspace_id) as browser:
            await until_ready(browser, order["chat_id"])
            answer = await browser.ask("media.send", **order)
            if answer["state"] != "sent":
                answer = await browser.hear("send.changed", lambda event: event["state"] == "sent")
            assert [message["text"] for message in answer["messages"]] == ["picture 0", "picture 1", "picture 2"]
            assert await worker.stop() == 0
    finally:
        await worker.kill()


async def test_a_large_file_goes_both_ways_in_little_memory(
    telegram: Emulator, local_aws: LocalAws, tmp_path: Path
) -> None:
    sending, opening = await carried_both_ways(telegram, local_aws, tmp_path, SMALL_BYTES)
    assert sending < GROWTH_BYTES < SMALL_BYTES
    assert opening < GROWTH_BYTES
