"""What a workspace is set to: its name, its toggles, its logo (product.md section 3)."""

from typing import Any

import pytest

from chalicelib.adapters import files as buckets
from chalicelib.features.files import use_cases as files
from chalicelib.features.files.model import MAX_LOGO_BYTES
from chalicelib.features.workspaces.schemas import TogglesIn
from chalicelib.kernel import ids
from chalicelib.kernel.clock import utc_now
from chalicelib.kernel.ids import FileId
from chalicelib.kernel.permissions import TOGGLES, Action, Grants, Toggle
from chalicelib.kernel.roles import Role
from chalicelib.table import people_keys
from chalicelib.table.proof import SessionRow
from chalicelib.table.tenant import Installation
from tests import uploads
from tests.adapters.test_files import fetch
from tests.api_client import Answer
from tests.scene import Person, a_job
from tests.team import Team
from tests.uploads import JPEG, PNG, WEBP

pytestmark = pytest.mark.usefixtures("local_aws")
PICTURES = {"image/png": PNG, "image/jpeg": JPEG, "image/webp": WEBP}


@pytest.fixture
def team() -> Team:
    """An Owner, an Admin and a Member."""
    return Team(olga=Role.OWNER, adam=Role.ADMIN, max=Role.MEMBER)


def show_second_factor(person: Person) -> None:
    """Have the person's session be one that showed a second factor."""
    rows = Installation().rows(people_keys.user(person.user_id))
    for session in rows.query(SessionRow, people_keys.SESSIONS):
        rows.update(session, [SessionRow.second_factor_at.set(utc_now())])


def switch(team: Team, by: str, **toggles: Any) -> Answer:
    """Ask for toggles to be switched."""
    return team.desk(by).send("PATCH", "/toggles", toggles)


def test_a_workspace_says_what_the_caller_may_do_there(team: Team) -> None:
    for name, role in (("olga", Role.OWNER), ("adam", Role.ADMIN), ("max", Role.MEMBER)):
        shown = team.desk(name).get("").body
        assert (shown["name"], shown["role"], shown["logo_url"], shown["deletes_at"]) == ("Acme", role, None, None)
        assert shown["can"] == Grants(role=role, toggles={}).allowed()


def test_the_toggles_of_a_new_workspace_stand_as_the_product_says(team: Team) -> None:
    assert team.desk("max").get("").body["toggles"] == {
        "members_see_all_analytics": False,
        "members_manage_excluded_chats": True,
        "members_export_data": False,
        "members_share_templates": False,
        "tickets_enabled": True,
        "members_create_tickets": True,
        "members_edit_tickets": True,
        "members_delete_tickets": True,
        "message_attribution": False,
        "require_second_factor": False,
    }


def test_every_toggle_can_be_switched(team: Team) -> None:
    assert set(TogglesIn.__struct_fields__) == set(Toggle)
    show_second_factor(team.people["olga"])
    for toggle, was in TOGGLES.items():
        switched = switch(team, "olga", **{toggle: not was.is_on})
        assert (switched.status, switched.body["toggles"][toggle]) == (200, not was.is_on), toggle


def test_a_switched_toggle_opens_an_action_to_members_at_once(team: Team) -> None:
    assert Action.EXPORT_DATA not in team.desk("max").get("").body["can"]
    assert switch(team, "olga", members_export_data=True, tickets_enabled=False).status == 200
    can = team.desk("max").get("").body["can"]
    assert Action.EXPORT_DATA in can
    assert Action.CREATE_TICKETS not in can
    entry = team.entry("toggles.changed")
    assert entry.old == {"members_export_data": False, "tickets_enabled": True}
    assert entry.new == {"members_export_data": True, "tickets_enabled": False}


def test_how_a_toggle_stands_already_changes_nothing(team: Team) -> None:
    assert switch(team, "olga", members_export_data=False).status == 200
    assert switch(team, "olga").status == 200
    assert team.events() == []


@pytest.mark.parametrize("by", ["adam", "max"])
def test_only_owners_switch_toggles(team: Team, by: str) -> None:
    refused = switch(team, by, members_export_data=True)
    assert (refused.status, refused.code) == (403, "permission-missing")
    assert refused.body["standing"] == {"action": "toggles.change", "allowed_to": "Owners"}


@pytest.mark.parametrize("toggles", [{"fly": True}, {"members_export_data": "yes"}, {"members_export_data": 1}])
def test_a_toggle_that_makes_no_sense_is_refused(team: Team, toggles: dict[str, Any]) -> None:
    assert switch(team, "olga", **toggles).status == 422


def test_an_owner_requires_a_second_factor_only_with_one_of_their_own(team: Team) -> None:
    refused = switch(team, "olga", require_second_factor=True)
    assert (refused.status, refused.code) == (409, "own-second-factor-first")
    assert team.events() == []
    show_second_factor(team.people["olga"])
    assert switch(team, "olga", require_second_factor=True).status == 200


def test_who_has_shown_no_second_factor_is_asked_for_it_once_it_is_required(team: Team) -> None:
    show_second_factor(team.people["olga"])
    switch(team, "olga", require_second_factor=True)
    asked = team.desk("max").get("/members")
    assert (asked.status, asked.code) == (403, "second-factor-required")
    assert team.desk("olga").get("/members").status == 200
    show_second_factor(team.people["max"])
    assert team.desk("max").get("/members").status == 200
    assert switch(team, "olga", require_second_factor=False).status == 200
    assert team.desk("adam").get("/members").status == 200


def test_admins_and_owners_give_a_workspace_its_name(team: Team) -> None:
    for by, status in (("olga", 200), ("adam", 200), ("max", 403)):
        assert team.desk(by).send("PATCH", "", {"name": f"Of {by}"}).status == status
    assert team.desk("max").get("").body["name"] == "Of adam"
    assert [(entry.old, entry.new) for entry in team.journal()] == [
        ({"name": "Acme"}, {"name": "Of olga"}),
        ({"name": "Of olga"}, {"name": "Of adam"}),
    ]


class Logo:
    """A team's way to a logo."""

    def __init__(self, team: Team) -> None:
        self.team = team

    def put_up(self, content: bytes = PNG, media_type: str = "image/png", by: str = "adam") -> str:
        """Put a file up; its id."""
        return uploads.sent(self.team.desk(by), "logo", content, media_type)

    def take(self, file_id: str, by: str = "adam") -> Answer:
        """Take what was put up as logo."""
        return self.team.desk(by).send("PUT", "/logo", {"file_id": file_id})

    def remove(self, by: str = "adam") -> Answer:
        """Have none."""
        return self.team.desk(by).send("DELETE", "/logo")

    def is_kept(self, file_id: str) -> bool:
        """Whether there is such a file."""
        folder = buckets.kept(self.team.workspace_id)
        return folder.facts(folder.key_of(file_id)) is not None

    def sweep(self, file_id: str) -> None:
        """Do the due work about a file now."""
        files.collect_file(FileId(file_id), tenant=a_job(self.team.workspace_id))


@pytest.fixture
def logo(team: Team) -> Logo:
    """The way to a logo."""
    return Logo(team)


@pytest.mark.parametrize("content_type", PICTURES)
def test_a_logo_is_put_up_and_shown_by_a_link(logo: Logo, content_type: str) -> None:
    file_id = logo.put_up(PICTURES[content_type], content_type)
    taken = logo.take(file_id)
    assert taken.status == 200, taken.body
    status, content, headers = fetch(logo.team.desk("max").get("").body["logo_url"])
    assert (status, content, headers["Content-Type"]) == (200, PICTURES[content_type], content_type)
    entry = logo.team.entry("workspace.logo_changed")
    assert entry.old == {"logo": None}
    assert entry.new["logo"].startswith(f"{file_id}.")


@pytest.mark.parametrize(
    ("media_type", "size"),
    [("image/svg+xml", 10), ("text/html", 10), ("image/gif", 10), ("image/png", MAX_LOGO_BYTES + 1)],
)
def test_a_form_is_only_for_pictures_of_at_most_512_kb(team: Team, media_type: str, size: int) -> None:
    refused = uploads.form(team.desk("olga"), "logo", size, media_type)
    assert (refused.status, refused.code) == (422, "file-unfit")
    assert refused.body["detail"] == "A logo is a PNG, JPEG or WebP picture of at most 512 KB."


@pytest.mark.parametrize(
    "content", [b"<script>alert(1)</script>", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"GIF89a" + b"x" * 50, JPEG]
)
def test_a_file_is_what_its_first_bytes_say_and_not_what_it_calls_itself(logo: Logo, content: bytes) -> None:
    refused = logo.take(logo.put_up(content))
    assert (refused.status, refused.code) == (422, "file-unfit")
    assert logo.team.desk("max").get("").body["logo_url"] is None
    assert logo.team.events() == []


def test_a_logo_nobody_put_up_is_not_there(logo: Logo) -> None:
    announced = uploads.form(logo.team.desk("adam"), "logo").body["id"]
    of_a_comment = uploads.put_up(logo.team.desk("adam"), "comment")
    for file_id in (announced, of_a_comment, ids.mint(), "x", f"{logo.team.workspace_id}/{announced}", "é" * 26):
        refused = logo.take(file_id)
        assert (refused.status, refused.code) == (404, "file-not-found"), file_id
    assert logo.take("x" * 101).status == 422


def test_another_workspace_s_upload_is_not_there(logo: Logo) -> None:
    theirs = Logo(Team(adam=Role.ADMIN, olga=Role.OWNER))
    file_id = theirs.put_up()
    assert logo.take(file_id).code == "file-not-found"
    logo.sweep(file_id)
    assert theirs.take(file_id).status == 200


def test_an_upload_is_used_once(logo: Logo) -> None:
    first, second = logo.put_up(), logo.put_up()
    assert [logo.take(file_id).status for file_id in (first, second)] == [200, 200]
    assert logo.take(first).code == "file-not-found"


def test_the_file_of_a_replaced_logo_is_removed(logo: Logo) -> None:
    first, second = logo.put_up(), logo.put_up()
    logo.take(first)
    logo.take(second)
    assert logo.is_kept(first)
    logo.sweep(first)
    logo.sweep(second)
    assert (logo.is_kept(first), logo.is_kept(second)) == (False, True)


def test_a_logo_can_be_removed(logo: Logo) -> None:
    file_id = logo.put_up()
    shown = logo.take(file_id)
    assert shown.body["logo_url"] is not None
    for _ in range(2):
        assert logo.remove().body["logo_url"] is None
    logo.sweep(file_id)
    assert not logo.is_kept(file_id)
    assert logo.team.entry("workspace.logo_removed").old["logo"].startswith(file_id)


def test_members_have_no_say_in_the_logo(logo: Logo) -> None:
    file_id = logo.put_up()
    asked = uploads.form(logo.team.desk("max"), "logo")
    for refused in (asked, logo.take(file_id, by="max"), logo.remove(by="max")):
        assert (refused.status, refused.code) == (403, "permission-missing")
