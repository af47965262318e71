"""Legal documents from configuration: read by anybody, accepted at sign-up and again when they change."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from chalicelib.features.legal import repository, use_cases
from chalicelib.kernel import ids
from tests.api_client import ApiClient
from tests.people import PASSWORD, Mailbox, People, Person


@pytest.fixture
def operators_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Documents of the operator's own, read when somebody asks next."""
    folder = tmp_path / "ours"
    shutil.copytree(repository.STARTER, folder)
    monkeypatch.setenv("WIREROOM_LEGAL", str(folder))
    use_cases.current.cache_clear()
    yield folder
    use_cases.current.cache_clear()


def test_terms_privacy_sub_processors_and_data_location_are_listed_with_their_versions(api: ApiClient) -> None:
    answer = api.get("/legal")
    assert answer.status == 200
    assert [(each["name"], each["must_accept"]) for each in answer.body["documents"]] == [
        ("terms", True),
        ("privacy", True),
        ("sub-processors", False),
        ("data-location", False),
    ]
    assert answer.body["documents"][0] == {
        "name": "terms",
        "title": "Terms of use",
        "version": "2026-11-21",
        "must_accept": True,
    }


def test_each_is_read_as_markdown(api: ApiClient) -> None:
    for listed in api.get("/legal").body["documents"]:
        answer = api.get(f"/legal/{listed['name']}")
        assert answer.status == 200
        text = answer.body.pop("text")
        assert answer.body == listed
        assert f"\n# {listed['title']}\n" in text


def test_reading_them_sets_no_cookie(api: ApiClient) -> None:
    """No optional cookies: whoever only reads has none."""
    for path in ("/legal", "/legal/privacy", "/health"):
        assert api.get(path).cookies == []


@pytest.mark.parametrize("name", ["cookies", "Terms", "terms.md", "..%2Fmodel", "%00", "x" * 2_000])
def test_there_is_nothing_under_another_name(api: ApiClient, name: str) -> None:
    answer = api.get(f"/legal/{name}")
    assert (answer.status, answer.code) == (404, "document-not-found")


def test_the_operators_own_folder_is_what_people_read(api: ApiClient, operators_folder: Path) -> None:
    ours = "---\ntitle: House rules\nversion: 2027-01-31\nmust_accept: true\n---\nBe kind.\n"
    (operators_folder / "house-rules.md").write_text(ours)
    assert [each["name"] for each in api.get("/legal").body["documents"]][-1] == "house-rules"
    assert api.get("/legal/house-rules").body == {
        "name": "house-rules",
        "title": "House rules",
        "version": "2027-01-31",
        "must_accept": True,
        "text": "Be kind.\n",
    }


def test_documents_are_read_once_a_process(api: ApiClient, operators_folder: Path) -> None:
    before = api.get("/legal").body
    shutil.rmtree(operators_folder)
    assert api.get("/legal").body == before


def test_new_terms_are_asked_for_in_the_app_until_they_are_accepted(
    api: ApiClient, people: People, operators_folder: Path
) -> None:
    anna = people.new()
    assert pending(api, anna) == []
    publish(operators_folder, "terms", "2027-01-31")
    publish(operators_folder, "sub-processors", "2027-01-31")
    assert pending(api, anna) == ["terms"]
    stale = api.post("/me/legal", {"documents": {"terms": "2026-11-21"}}, anna.browser)
    assert (stale.status, stale.code) == (409, "documents-changed")
    assert stale.body["standing"]["versions"]["terms"] == "2027-01-31"
    assert pending(api, anna) == ["terms"]
    assert api.post("/me/legal", {"documents": {"terms": "2027-01-31"}}, anna.browser).status == 204
    assert pending(api, anna) == []


def test_who_signs_up_under_new_terms_has_accepted_them(api: ApiClient, people: People, operators_folder: Path) -> None:
    publish(operators_folder, "terms", "2027-01-31")
    assert pending(api, people.new()) == []


def test_nobody_signs_up_without_the_terms_or_below_16(api: ApiClient, mailbox: Mailbox) -> None:
    wish = {"full_name": "Anna", "username": f"u_{ids.mint()[10:].lower()}", "password": PASSWORD}
    wish |= {"email": f"{wish['username']}@example.com"}
    for consent, code, pointer in (
        ({"accept_terms": False, "is_16_or_older": True}, "terms-not-accepted", "/accept_terms"),
        ({"accept_terms": True, "is_16_or_older": False}, "too-young", "/is_16_or_older"),
    ):
        refused = api.post("/sign-up", wish | consent)
        assert (refused.status, refused.code, refused.pointers) == (422, code, [pointer])
    assert mailbox.of(wish["email"]) == []


def pending(api: ApiClient, person: Person) -> list[str]:
    """What the app asks somebody to accept."""
    found: list[str] = api.get("/me", person.browser).body["user"]["legal_pending"]
    return found


def publish(folder: Path, name: str, version: str) -> None:
    """Put another version of a document in force, as a deploy would."""
    document = folder / f"{name}.md"
    document.write_text(document.read_text().replace("version: 2026-11-21", f"version: {version}"))
    use_cases.current.cache_clear()
