"""Legal documents from configuration, read by anybody."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from chalicelib.features.legal import repository, use_cases
from tests.api_client import ApiClient


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
