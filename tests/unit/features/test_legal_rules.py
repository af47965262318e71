"""Rules of legal documents: what a file must look like, and what somebody has still to accept."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from chalicelib.features.legal import repository
from chalicelib.features.legal.model import (
    MAX_MESSAGE_CHARACTERS,
    Document,
    DocumentBroken,
    DocumentNotFound,
    DocumentsChanged,
    Library,
    MessageInvalid,
    TermsNotAccepted,
    TooYoung,
    library,
    parse,
    parse_message,
    require_consent,
)

ROOT = Path(__file__).resolve().parents[3]
SOURCE = "---\ntitle: Terms: of use\nversion: 2026-11-21\nmust_accept: true\n---\n\n# Terms\n\nBe kind.\n"


def a_document(name: str, version: str = "2026-01-01", *, must_accept: bool = False) -> Document:
    return Document(name=name, title=name, version=version, must_accept=must_accept, text="Text\n")


def a_library(terms: str = "2026-01-01", privacy: str = "2026-01-01") -> Library:
    return library(
        [
            a_document("house-rules"),
            a_document("data-location"),
            a_document("sub-processors"),
            a_document("privacy", privacy, must_accept=True),
            a_document("terms", terms, must_accept=True),
        ]
    )


def test_a_document_is_its_front_matter_and_its_text() -> None:
    assert parse("terms", SOURCE) == Document(
        name="terms", title="Terms: of use", version="2026-11-21", must_accept=True, text="# Terms\n\nBe kind.\n"
    )


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("", "begins with"),
        ("# Terms", "begins with"),
        (SOURCE.replace("\n---\n", "\n", 1), "begins with"),
        (SOURCE.replace("title: Terms: of use\n", ""), "once each"),
        (SOURCE.replace("must_accept: true\n", "must_accept: true\nmust_accept: false\n"), "once each"),
        (SOURCE.replace("must_accept: true\n", "must_accept: true\nauthor: me\n"), "once each"),
        (SOURCE.replace("title: Terms: of use", "title"), "once each"),
        (SOURCE.replace("Terms: of use", ""), "title has"),
        (SOURCE.replace("Terms: of use", "x" * 101), "title has"),
        (SOURCE.replace("2026-11-21", "21.11.2026"), "is not a date"),
        (SOURCE.replace("2026-11-21", "2026-02-30"), "is not a date"),
        (SOURCE.replace("2026-11-21", "20261121"), "is not a date"),
        (SOURCE.replace("must_accept: true", "must_accept: yes"), "true or false"),
        (SOURCE.replace("# Terms\n\nBe kind.\n", " \n"), "has no text"),
    ],
)
def test_a_broken_document_says_which_and_why(source: str, complaint: str) -> None:
    with pytest.raises(DocumentBroken, match=rf"^terms\.md: .*{complaint}"):
        parse("terms", source)


@pytest.mark.parametrize("name", ["", "Terms", "our terms", "terms-", "../terms", "README"])
def test_a_document_is_called_by_small_letters(name: str) -> None:
    with pytest.raises(DocumentBroken, match="small letters"):
        parse(name, SOURCE)


@pytest.mark.parametrize("name", ["terms", "privacy", "sub-processors", "data-location"])
def test_terms_privacy_sub_processors_and_data_location_are_never_missing(name: str) -> None:
    with pytest.raises(DocumentBroken, match=rf"{name}\.md is missing"):
        library(document for document in a_library().documents if document.name != name)


def test_terms_that_nobody_need_accept_are_no_terms() -> None:
    others = [document for document in a_library().documents if document.name != "terms"]
    with pytest.raises(DocumentBroken, match="must_accept has to be true"):
        library([*others, a_document("terms")])


def test_the_expected_documents_come_first_and_the_operators_own_behind() -> None:
    names = [document.name for document in a_library().documents]
    assert names == ["terms", "privacy", "sub-processors", "data-location", "house-rules"]


def test_what_must_be_accepted_is_pending_until_it_is_in_its_own_version() -> None:
    here = a_library(terms="2026-05-01", privacy="2026-03-01")
    assert here.pending({}) == ["terms", "privacy"]
    assert here.pending({"terms": "2026-01-01", "privacy": "2026-03-01"}) == ["terms"]
    assert here.pending(here.versions()) == []


def test_who_accepted_a_later_version_is_not_asked_again() -> None:
    assert a_library(terms="2026-05-01").pending({"terms": "2026-06-01", "privacy": "2026-01-01"}) == []


def test_only_versions_in_force_are_agreed_to() -> None:
    here = a_library(terms="2026-05-01")
    assert here.agreed({"terms": "2026-05-01"}) == {"terms": "2026-05-01"}
    for stale in ({"terms": "2026-01-01"}, {"terms": "2026-05-01", "privacy": "x"}, {"no-such": "2026-05-01"}):
        with pytest.raises(DocumentsChanged) as refusal:
            here.agreed(stale)
        assert refusal.value.standing == {"versions": here.versions()}


def test_a_document_nobody_wrote_is_not_found() -> None:
    with pytest.raises(DocumentNotFound):
        a_library().require("cookies")


def test_terms_are_accepted_by_people_of_16_and_older() -> None:
    require_consent(accepts_terms=True, is_16_or_older=True)
    with pytest.raises(TermsNotAccepted):
        require_consent(accepts_terms=False, is_16_or_older=True)
    with pytest.raises(TooYoung) as refusal:
        require_consent(accepts_terms=True, is_16_or_older=False)
    assert [blame.pointer for blame in refusal.value.blames] == ["/is_16_or_older"]


def test_a_message_is_text_in_any_script() -> None:
    text = "Привет 👩‍👩‍👧 שלום\tx\r\n\r\nBye\rx "
    assert parse_message(text) == "Привет 👩‍👩‍👧 שלום\tx\n\nBye\nx"
    assert len(parse_message("x" * MAX_MESSAGE_CHARACTERS)) == MAX_MESSAGE_CHARACTERS


@pytest.mark.parametrize("text", ["", " \r\n ", "x" * (MAX_MESSAGE_CHARACTERS + 1), "a\x00b", "a\x1b[2Jb", "\ud83e"])
def test_other_messages_are_refused_unquoted(text: str) -> None:
    with pytest.raises(MessageInvalid) as refusal:
        parse_message(text)
    assert [blame.pointer for blame in refusal.value.blames] == ["/message"]
    assert not text.strip() or text not in f"{refusal.value} {refusal.value.blames}"


def test_the_documents_that_come_with_the_code_say_that_they_are_to_be_replaced() -> None:
    here = repository.read(repository.STARTER)
    assert [document.name for document in here.documents] == ["terms", "privacy", "sub-processors", "data-location"]
    assert all("installation" in document.text and "starter" in document.text for document in here.documents)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(DocumentBroken, match="no-such-folder"):
        repository.read(tmp_path / "no-such-folder")


def test_text_in_another_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / "terms.md").write_bytes(SOURCE.replace("kind", "k\u00efnd").encode("latin-1"))
    with pytest.raises(DocumentBroken, match=str(tmp_path)):
        repository.read(tmp_path)


def test_a_broken_document_stops_the_process_at_its_start(tmp_path: Path) -> None:
    folder = tmp_path / "ours"
    shutil.copytree(repository.STARTER, folder)
    (folder / "privacy.md").write_text(SOURCE.replace("2026-11-21", "soon"))
    started = subprocess.run(
        [sys.executable, "-c", "import app"],
        cwd=ROOT,
        env={"WIREROOM_LEGAL": str(folder), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert started.returncode == 1
    assert f"Legal documents in {folder}: privacy.md: version 'soon' is not a date" in started.stderr
