"""Files of templates: attached as they are written, seen by whoever sees them, kept while one can be brought back."""

from datetime import timedelta

import pytest

from chalicelib.features.files.model import FileState
from chalicelib.features.files.repository import Files
from chalicelib.features.files.use_cases import collect_file
from chalicelib.features.templates import use_cases as templates
from chalicelib.features.templates.model import MAX_FILES
from chalicelib.kernel import ids
from chalicelib.kernel.ids import FileId, TemplateId
from chalicelib.kernel.roles import Role
from tests.edge.test_templates import HELLO, OWN, Office
from tests.hand_clock import HandClock
from tests.local_aws import LocalAws
from tests.scene import a_job
from tests.team import Team, departed
from tests.uploads import put_up


@pytest.fixture
def office(local_aws: LocalAws) -> Office:
    return Office()


def test_a_template_keeps_up_to_ten_files_in_their_order(office: Office) -> None:
    wanted = [put_up(office.owner, "template", name=f"{number}.png") for number in range(MAX_FILES)]
    kept = office.keep(file_ids=wanted)
    assert [file["id"] for file in kept["files"]] == wanted
    assert office.member.get("/templates").body["templates"][0]["files"] == MAX_FILES
    assert office.member.get(f"/files/{wanted[0]}").status == 200
    refused = office.owner.send("POST", "/templates", HELLO | {"file_ids": [ids.mint() for _ in range(MAX_FILES + 1)]})
    assert (refused.status, refused.pointers) == (422, ["/file_ids"])


def test_files_come_and_go_with_what_is_written(office: Office) -> None:
    first, second, third = (put_up(office.owner, "template", name=f"{name}.png") for name in "abc")
    kept = office.keep(file_ids=[first, second])
    after = office.change(kept, file_ids=[third, second]).body
    assert [file["name"] for file in after["files"]] == ["c.png", "b.png"]
    assert office.owner.get(f"/files/{first}").code == "file-not-found"
    refused = office.change(after, file_ids=[first])
    assert (refused.status, refused.code) == (404, "file-not-found"), "what was taken off does not come back"
    assert office.owner.get(f"/templates/{kept['id']}").body == after


def test_a_file_of_somebody_else_or_for_something_else_hangs_on_no_template(office: Office) -> None:
    hanging = office.keep(file_ids=[put_up(office.owner, "template")])["files"][0]["id"]
    for file_id in (put_up(office.member, "template"), put_up(office.owner, "comment"), hanging, ids.mint()):
        refused = office.owner.send("POST", "/templates", HELLO | {"file_ids": [file_id]})
        assert (refused.status, refused.code) == (404, "file-not-found")
    assert office.names(office.owner) == ["Hello"]


def test_files_of_ones_own_template_are_seen_by_nobody_else_until_it_is_shared(office: Office) -> None:
    own = office.keep(**OWN, file_ids=[put_up(office.owner, "template")])
    path = f"/files/{own['files'][0]['id']}"
    assert (office.owner.get(path).status, office.member.get(path).code) == (200, "file-not-found")
    shared = office.change(own, is_shared=True).body
    assert office.member.get(path).status == 200
    assert office.change(shared, is_shared=False).status == 200
    assert (office.owner.get(path).status, office.member.get(path).code) == (200, "file-not-found")


def test_a_deleted_template_is_brought_back_with_its_files(office: Office, clock: HandClock) -> None:
    kept = office.keep(file_ids=[put_up(office.owner, "template")])
    file_id, template_id = FileId(kept["files"][0]["id"]), TemplateId(kept["id"])
    templates.delete_template(template_id, tenant=office.tenant(clock))
    assert office.owner.get(f"/files/{file_id}").code == "file-not-found"
    clock.advance(timedelta(hours=23, minutes=59))
    templates.restore_template(template_id, tenant=office.tenant(clock))
    assert office.member.get(f"/files/{file_id}").status == 200
    collect_file(file_id, tenant=a_job(office.workspace_id))
    assert office.member.get(f"/files/{file_id}").status == 200, "what was due for the deleted one leaves it alone"
    templates.delete_template(template_id, tenant=office.tenant(clock))
    collect_file(file_id, tenant=a_job(office.workspace_id))
    assert Files(a_job(office.workspace_id)).get(file_id) is None


def test_what_somebody_kept_for_themselves_goes_with_its_files_when_they_leave(local_aws: LocalAws) -> None:
    team = Team(olga=Role.OWNER, max=Role.MEMBER)
    file_id = put_up(team.desk("max"), "template")
    assert team.desk("max").send("POST", "/templates", OWN | {"file_ids": [file_id]}).status == 201
    assert team.desk("olga").send("DELETE", f"/members/{team.id('max')}").status == 204
    departed(team, "max")
    found = Files(a_job(team.workspace_id)).get(FileId(file_id))
    assert found is not None
    assert (found.state, found.place) == (FileState.GIVEN_UP, None)
