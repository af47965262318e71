"""Files people put up: who may, what is taken, who sees them, what becomes of those nobody keeps."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest

from chalicelib.adapters import files as buckets
from chalicelib.features.files import use_cases as files
from chalicelib.features.files.model import COLLECT, MAX_STORAGE_BYTES, FileNotFound, Place, PlaceKind
from chalicelib.features.files.repository import FileRow, FileTallyRow
from chalicelib.kernel import ids
from chalicelib.kernel.ids import FileId, UserId
from chalicelib.kernel.plans import Plan
from chalicelib.kernel.roles import Role
from chalicelib.table import file_keys, keys
from chalicelib.table.due import DueRow
from tests import uploads
from tests.adapters.test_files import fetch
from tests.api_client import Answer
from tests.races import at_once, in_between, killed_after
from tests.scene import a_job
from tests.team import Team
from tests.uploads import PNG

pytestmark = pytest.mark.usefixtures("local_aws")
Patch = pytest.MonkeyPatch
PLACE = Place(kind=PlaceKind.COMMENT, id=ids.mint())


class Shelf:
    """A team's files."""

    def __init__(self, team: Team) -> None:
        self.team = team
        self._rows = a_job(team.workspace_id).rows(keys.WORKSPACE)

    def put_up(self, by: str = "max") -> FileId:
        """A picture, ready to be attached."""
        return FileId(uploads.put_up(self.team.desk(by), "comment"))

    def attach(self, *file_ids: FileId, by: str = "max", place: Place = PLACE) -> None:
        """Have files hang at a place, as the place's own change does."""
        tenant = self.team.handle(by)
        with tenant.transaction() as change:
            files.attach(change, file_ids, place, tenant=tenant)
            change.record("comment.created", target=place.id)

    def detach(self, *file_ids: FileId, by: str = "max", place: Place = PLACE) -> None:
        """Take files from a place."""
        tenant = self.team.handle(by)
        with tenant.transaction() as change:
            files.detach(change, file_ids, place, tenant=tenant)
            change.record("comment.deleted", target=place.id)

    def seen(self, file_id: str, by: str = "olga") -> int:
        """The status of somebody's look at a file."""
        return self.team.desk(by).get(f"/files/{file_id}").status

    def collect(self, file_id: FileId) -> None:
        """Do the due work about a file now."""
        files.collect_file(file_id, tenant=a_job(self.team.workspace_id))

    def is_kept(self, file_id: FileId) -> bool:
        """Whether the bucket has it."""
        folder = buckets.kept(self.team.workspace_id)
        return folder.facts(folder.key_of(file_id)) is not None

    def bytes(self) -> int:
        """What the tally says."""
        row = self._rows.get(FileTallyRow, file_keys.FILE_TALLY)
        return 0 if row is None else int(row.bytes)

    def fill(self, left: int) -> None:
        """Leave room for so many bytes."""
        actions = [FileTallyRow.bytes.set(MAX_STORAGE_BYTES - left)]
        assert self._rows.update(self._rows.new(FileTallyRow, file_keys.FILE_TALLY), actions)

    def rows(self) -> list[FileRow]:
        """Every file's row."""
        return self._rows.query(FileRow, file_keys.FILES)

    def due_at(self, file_id: FileId) -> str:
        """When its removal is due."""
        tenant = a_job(self.team.workspace_id)
        key = keys.due_row(f"{COLLECT}#{tenant.workspace_id}#{file_id}")
        row = tenant.installation_rows(key).get(DueRow, keys.ONLY)
        assert row is not None
        return str(row.due_sk)


@pytest.fixture
def team() -> Team:
    """An Owner and two Members."""
    return Team(olga=Role.OWNER, max=Role.MEMBER, mia=Role.MEMBER)


@pytest.fixture
def shelf(team: Team) -> Shelf:
    """Their files."""
    return Shelf(team)


def test_a_file_is_put_up_looked_at_attached_and_seen_by_every_member(shelf: Shelf) -> None:
    file_id = shelf.put_up()
    shelf.attach(file_id)
    answer = shelf.team.desk("olga").get(f"/files/{file_id}")
    assert answer.body["file"] == {
        "id": file_id,
        "name": "fox.png",
        "size": len(PNG),
        "type": "image/png",
        "has_preview": True,
    }
    status, content, headers = fetch(answer.body["url"])
    assert (status, content, headers["Content-Type"]) == (200, PNG, "image/png")
    assert shelf.bytes() == len(PNG)


def test_what_a_browser_would_run_is_sent_as_a_download(shelf: Shelf) -> None:
    page = b"<script>alert(document.domain)</script>"
    file_id = FileId(uploads.put_up(shelf.team.desk("max"), "comment", page, "text/html", "page.html"))
    _, content, headers = fetch(shelf.team.desk("max").get(f"/files/{file_id}").body["url"])
    assert (content, headers["Content-Type"]) == (page, "application/octet-stream")
    assert headers["Content-Disposition"] == "attachment; filename*=UTF-8''page.html"


def test_until_it_is_attached_a_file_is_the_business_of_who_put_it_up(shelf: Shelf) -> None:
    file_id = shelf.put_up()
    assert [shelf.seen(file_id, by) for by in ("max", "mia", "olga")] == [200, 404, 404]
    theirs = shelf.team.desk("mia")
    for refused in (theirs.send("DELETE", f"/files/{file_id}"), uploads.checked(theirs, file_id)):
        assert refused.code == "file-not-found"
    with pytest.raises(FileNotFound):
        shelf.attach(file_id, by="mia")
    assert shelf.team.events() == []


def test_what_hangs_in_somebody_s_own_place_is_seen_by_them_alone(shelf: Shelf) -> None:
    file_id = shelf.put_up()
    shelf.attach(file_id, place=Place(kind=PlaceKind.COMMENT, id="x", only_for=UserId(shelf.team.id("max"))))
    assert [shelf.seen(file_id, by) for by in ("max", "mia", "olga")] == [200, 404, 404]


def test_a_file_of_another_workspace_is_neither_seen_nor_attached_nor_removed(shelf: Shelf) -> None:
    theirs = Shelf(Team(olga=Role.OWNER, max=Role.MEMBER))
    file_id = theirs.put_up()
    theirs.attach(file_id)
    assert shelf.seen(file_id) == 404
    for act in (shelf.attach, shelf.detach):
        with pytest.raises(FileNotFound):
            act(file_id)
    shelf.collect(file_id)
    assert theirs.seen(file_id) == 200
    assert theirs.is_kept(file_id)


def test_a_file_nobody_looked_at_can_not_be_attached(shelf: Shelf) -> None:
    file_id = FileId(uploads.sent(shelf.team.desk("max"), "comment"))
    with pytest.raises(FileNotFound):
        shelf.attach(file_id)
    assert shelf.seen(file_id, by="max") == 404


def test_a_file_hangs_in_one_place_and_of_the_kind_it_was_put_up_for(shelf: Shelf) -> None:
    file_id = shelf.put_up()
    for place in (Place(kind=PlaceKind.TICKET, id="x"), Place(kind=PlaceKind.TEMPLATE, id="x")):
        with pytest.raises(FileNotFound):
            shelf.attach(file_id, place=place)
    shelf.attach(file_id)
    with pytest.raises(FileNotFound):
        shelf.attach(file_id, place=Place(kind=PlaceKind.COMMENT, id="other"))
    with pytest.raises(FileNotFound):
        shelf.detach(file_id, place=Place(kind=PlaceKind.COMMENT, id="other"))
    assert shelf.seen(file_id) == 200


@pytest.mark.parametrize("told", ["image/png", "application/pdf"])
def test_what_is_not_what_it_says_is_refused_given_up_and_removed(shelf: Shelf, told: str) -> None:
    file_id = FileId(uploads.sent(shelf.team.desk("max"), "comment", b"<script>", told))
    refused = uploads.checked(shelf.team.desk("max"), file_id)
    assert (refused.status, refused.code) == (422, "file-unfit")
    assert uploads.checked(shelf.team.desk("max"), file_id).code == "file-not-found"
    shelf.collect(file_id)
    assert not shelf.is_kept(file_id)
    assert (shelf.rows(), shelf.bytes()) == ([], 0)


def test_nothing_was_put_up_yet(shelf: Shelf) -> None:
    file_id = uploads.form(shelf.team.desk("max"), "comment").body["id"]
    refused = uploads.checked(shelf.team.desk("max"), file_id)
    assert (refused.status, refused.code) == (404, "file-not-found")


def test_looking_twice_changes_nothing(shelf: Shelf) -> None:
    file_id = shelf.put_up()
    assert uploads.checked(shelf.team.desk("max"), file_id).status == 200
    shelf.attach(file_id)
    assert uploads.checked(shelf.team.desk("max"), file_id).status == 200
    assert shelf.seen(file_id) == 200


def test_without_a_seat_nothing_is_put_up_and_everything_is_seen(shelf: Shelf) -> None:
    shelf.attach(file_id := shelf.put_up())
    unpaid = Team(olga=Role.OWNER, seats=None)
    assert uploads.form(unpaid.desk("olga"), "comment").code == "seat-needed"
    basic = Team(olga=Role.OWNER, seats=Plan.BASIC)
    assert uploads.form(basic.desk("olga"), "comment").status == 201
    assert shelf.seen(file_id) == 200


@pytest.mark.parametrize("kind", ["import", "logo"])
def test_imports_and_logos_are_put_up_by_admins_and_owners(team: Team, kind: str) -> None:
    assert uploads.form(team.desk("olga"), kind).status == 201
    refused = uploads.form(team.desk("max"), kind)
    assert (refused.status, refused.code) == (403, "permission-missing")


def test_a_workspace_s_files_have_5_gb_together(shelf: Shelf) -> None:
    shelf.fill(left=len(PNG))
    assert uploads.form(shelf.team.desk("max"), "comment", len(PNG) + 1).code == "storage-full"
    file_id = shelf.put_up()
    refused = uploads.form(shelf.team.desk("max"), "comment", 1)
    assert (refused.status, refused.code) == (409, "storage-full")
    assert refused.body["standing"] == {"most_bytes": 5 * 1024**3}
    assert shelf.team.desk("max").send("DELETE", f"/files/{file_id}").status == 204
    shelf.collect(file_id)
    assert uploads.form(shelf.team.desk("max"), "comment", len(PNG)).status == 201


def test_two_who_put_up_at_once_do_not_both_take_the_last_room(shelf: Shelf, monkeypatch: Patch) -> None:
    shelf.fill(left=100)
    acts = [partial(uploads.form, shelf.team.desk(by), "comment", 80) for by in ("max", "mia")]
    assert sorted(answer.status for answer in at_once(acts, monkeypatch) if isinstance(answer, Answer)) == [201, 409]
    assert shelf.bytes() == MAX_STORAGE_BYTES - 20


def test_a_change_that_is_killed_attaches_nothing_and_its_files_are_collected(shelf: Shelf, monkeypatch: Patch) -> None:
    file_ids = [shelf.put_up(), shelf.put_up()]
    assert killed_after(0, lambda: shelf.attach(*file_ids), monkeypatch)
    assert [shelf.seen(file_id) for file_id in file_ids] == [404, 404]
    for file_id in file_ids:
        shelf.collect(file_id)
    assert (shelf.rows(), shelf.bytes()) == ([], 0)


def test_of_many_files_one_that_is_not_there_leaves_all_unattached(shelf: Shelf) -> None:
    file_id = shelf.put_up()
    with pytest.raises(FileNotFound):
        shelf.attach(file_id, FileId(ids.mint()))
    with pytest.raises(FileNotFound):
        shelf.attach(file_id, FileId("x"))
    shelf.attach(file_id, file_id)
    assert shelf.seen(file_id) == 200


def test_a_file_that_is_collected_while_it_is_attached_is_not_there(shelf: Shelf, monkeypatch: Patch) -> None:
    file_id = shelf.put_up()
    outcome = in_between(lambda: shelf.attach(file_id), lambda: shelf.collect(file_id), monkeypatch)
    assert outcome is FileNotFound
    assert (shelf.rows(), shelf.bytes()) == ([], 0)


def test_two_who_attach_one_file_at_once_have_it_in_one_place(shelf: Shelf, monkeypatch: Patch) -> None:
    file_id = shelf.put_up()
    places = [Place(kind=PlaceKind.COMMENT, id=number) for number in "12"]
    acts = [partial(shelf.attach, file_id, place=place) for place in places]
    assert sorted(at_once(acts, monkeypatch), key=str) == [FileNotFound, None]


def test_an_attached_file_stays_and_one_nothing_holds_is_removed_after_a_day(shelf: Shelf) -> None:
    kept, orphan = shelf.put_up(), shelf.put_up()
    shelf.attach(kept)
    tomorrow = a_job(shelf.team.workspace_id).now() + timedelta(days=1)
    assert f"{tomorrow:%Y-%m-%d}" == shelf.due_at(orphan)[:10]
    for _ in range(2):
        shelf.collect(kept)
        shelf.collect(orphan)
    assert (shelf.is_kept(kept), shelf.is_kept(orphan)) == (True, False)
    assert shelf.bytes() == len(PNG)


def test_a_detached_file_is_seen_by_nobody_at_once_and_removed(shelf: Shelf) -> None:
    file_id = shelf.put_up()
    before = shelf.due_at(file_id)
    shelf.attach(file_id)
    shelf.detach(file_id, by="olga")
    assert shelf.seen(file_id) == shelf.seen(file_id, by="max") == 404
    assert shelf.due_at(file_id) < before
    with pytest.raises(FileNotFound):
        shelf.attach(file_id)
    shelf.collect(file_id)
    assert (shelf.is_kept(file_id), shelf.bytes()) == (False, 0)


def test_a_removal_that_was_cut_short_goes_on(shelf: Shelf, monkeypatch: Patch) -> None:
    file_id = shelf.put_up()
    assert killed_after(0, lambda: shelf.collect(file_id), monkeypatch)
    assert (shelf.is_kept(file_id), shelf.bytes()) == (False, len(PNG))
    shelf.collect(file_id)
    assert (shelf.rows(), shelf.bytes()) == ([], 0)


def test_two_who_remove_a_file_at_once_count_it_once(shelf: Shelf, monkeypatch: Patch) -> None:
    file_id = shelf.put_up()
    at_once([lambda: shelf.collect(file_id)] * 2, monkeypatch)
    assert (shelf.rows(), shelf.bytes()) == ([], 0)


def test_no_name_of_a_file_stands_in_the_log(shelf: Shelf, logged: Callable[[], str]) -> None:
    secret = "severance-of-mr-smith.png"
    file_id = uploads.put_up(shelf.team.desk("max"), "comment", name=secret)
    shelf.team.desk("max").get(f"/files/{file_id}")
    assert secret not in logged()
