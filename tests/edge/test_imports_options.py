"""Options an import makes: found by its check, made once before the first value, as inline creation makes them."""

from typing import Any

import pytest

from chalicelib.features.imports import use_cases
from chalicelib.features.imports.use_cases.checking import Check
from chalicelib.kernel.ids import ImportId
from tests.importing import ImportOffice, a_file, failing_after
from tests.local_aws import LocalAws
from tests.races import killed_after
from tests.scene import a_job


class TierOffice(ImportOffice):
    """The office of imports, with a select column of one option."""

    def __init__(self, chats: int = 3, kind: str = "select", names: tuple[str, ...] = ("Gold",)) -> None:
        super().__init__(chats)
        options = [{"name": name} for name in names]
        column = self.browser.send("POST", "/columns", {"name": "Tier", "type": kind, "options": options}).body
        self.column, self.field = column["id"], f"column:{column['id']}"

    def tiers(self) -> list[tuple[str, str]]:
        """The options there are, with their colours."""
        columns = self.browser.get("/columns").body["columns"]
        [column] = [each for each in columns if each["id"] == self.column]
        return [(option["name"], option["hue"]) for option in column["options"]]

    def named(self) -> list[object]:
        """What the chats have in the column, by name."""
        columns = self.browser.get("/columns").body["columns"]
        names = {option["id"]: option["name"] for column in columns for option in column["options"]}
        return [names.get(str(value)) for value in self.values()]

    def missing(self, import_id: str) -> list[tuple[int, int, list[str]]]:
        """By column of the file how many options it brings, and the first names."""
        columns = self.browser.get(f"/imports/{import_id}/options").body["columns"]
        return [(each["column"], each["count"], each["names"]) for each in columns]

    def added(self) -> list[dict[str, Any]]:
        """The log's entries of options that were added, oldest first."""
        entries = self.browser.get("/activity?kind=column").body["entries"]
        return [entry for entry in reversed(entries) if entry["kind"] == "column.option_added"]


@pytest.fixture
def office(local_aws: LocalAws) -> TierOffice:
    return TierOffice()


def test_the_check_says_which_options_would_be_made_and_makes_none(office: TierOffice) -> None:
    first, second, third = office.chat_ids
    rows = [(first, "gold "), (second, "Silver"), (third, "SILVER"), ("nobody", "Bronze")]
    refused = office.checked(rows, office.field)
    assert (refused["options_found"], refused["counts"]["faults"]) == (0, 3)
    checked = office.checked(rows, office.field, makes=True)
    assert (checked["options_found"], checked["options_made"], checked["counts"]["faults"]) == (1, 0, 0)
    assert office.missing(checked["id"]) == [(1, 1, ["Silver"])]
    assert office.tiers() == [("Gold", "gray")]


def test_missing_options_are_made_once_each_with_its_entry_before_the_first_value(office: TierOffice) -> None:
    first, second, third = office.chat_ids
    done = office.imported([(first, "Silver"), (second, "bronze"), (third, "silver")], office.field, makes=True)
    assert (done["state"], done["options_made"], done["changed"]) == ("done", 2, 3)
    assert office.tiers() == [("Gold", "gray"), ("Silver", "red"), ("bronze", "orange")]
    assert office.named() == ["Silver", "bronze", "Silver"]
    silver, bronze = office.added()
    assert [len(entry["new"]["options"]) for entry in (silver, bronze)] == [2, 3]
    assert {silver["target"], bronze["target"]} == {office.column}
    kinds = [entry["kind"] for entry in reversed(office.browser.get("/activity").body["entries"])]
    assert kinds.index("import.chats_changed") > max(place for place, kind in enumerate(kinds) if "option" in kind)
    assert office.import_log()[0] == ("import.started", {"fields": [office.field], "chats": 3, "options": 2})


def test_names_of_a_multiselect_and_of_tags_are_made_one_by_one(local_aws: LocalAws) -> None:
    office = TierOffice(1, "multiselect", ("Gold, old",))
    [tags] = [each["id"] for each in office.browser.get("/columns").body["columns"] if each["reserved"]]
    row = (office.chat_ids[0], '"gold, OLD, New,newer\nNEW"', '"VIP, EU"')
    done = office.imported([row], office.field, f"column:{tags}", makes=True)
    assert (done["options_made"], done["changed"]) == (6, 2)
    assert [name for name, _ in office.tiers()] == ["Gold, old", "gold", "OLD", "New", "newer"]
    assert office.imported([(office.chat_ids[0], '"Gold, Old"')], office.field)["counts"]["faults"] == 0
    assert office.imported([(office.chat_ids[0], '","')], office.field, makes=True)["counts"]["faults"] == 1


def test_two_hundred_options_hold_and_a_cell_beyond_says_what_to_do(local_aws: LocalAws) -> None:
    office = TierOffice(4, names=tuple(f"Tier {number}" for number in range(199)))
    rows = list(zip(office.chat_ids, ["Last", "One more", "last", "x" * 101], strict=True))
    checked = office.checked(rows, office.field, makes=True)
    assert office.missing(checked["id"]) == [(1, 1, ["Last"])]
    assert office.faults(checked["id"]) == [(3, 1, "value"), (5, 1, "value")]
    full, long = office.browser.get(f"/imports/{checked['id']}/faults").body["faults"]
    assert full["detail"] == ("A column has at most 200 options. Use one there is, or import this into a text column.")
    assert long["detail"] == "expected an option's name of 1 to 100 characters that can be seen"
    assert office.run(checked["id"]).body["changed"] == 2
    assert len(office.tiers()) == 200


def test_an_import_makes_only_so_many_options_in_all_its_columns(
    office: TierOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chalicelib.features.imports.use_cases.making.MAX_NEW_OPTIONS", 1)
    checked = office.checked([(each, each[-1] + "x") for each in office.chat_ids], office.field, makes=True)
    assert (checked["options_found"], checked["counts"]["faults"]) == (1, 2)
    assert office.browser.get(f"/imports/{checked['id']}/faults").body["faults"][0]["detail"].startswith("An import")


@pytest.mark.parametrize("writes", range(5))
def test_killed_half_way_it_makes_no_option_twice(
    office: TierOffice, monkeypatch: pytest.MonkeyPatch, writes: int
) -> None:
    rows = list(zip(office.chat_ids, ["Silver", "Bronze", "silver"], strict=True))
    import_id = ImportId(office.checked(rows, office.field, makes=True)["id"])
    owner = office.owner.handle(office.workspace_id)
    killed_after(writes, lambda: use_cases.run_import(import_id, tenant=owner), monkeypatch)
    if writes == 0:
        use_cases.run_import(import_id, tenant=owner)
    assert use_cases.go_on(import_id, tenant=a_job(office.workspace_id))
    done = office.browser.get(f"/imports/{import_id}").body
    assert (done["state"], done["options_made"], done["changed"]) == ("done", 2, 3)
    assert [name for name, _ in office.tiers()] == ["Gold", "Silver", "Bronze"]
    assert len(office.added()) == 2
    assert office.named() == ["Silver", "Bronze", "Silver"]


def test_a_check_that_is_cut_short_finds_each_option_once(office: TierOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chalicelib.features.imports.use_cases.checking.BLOCK_ROWS", 1)
    monkeypatch.setattr(Check, "step", failing_after(1, Check.step))
    rows = list(zip(office.chat_ids, ["Silver", "silver", "Bronze"], strict=True))
    cut = office.checked(rows, office.field, makes=True)
    assert (cut["state"], cut["options_found"]) == ("checking", 1)
    monkeypatch.undo()
    use_cases.go_on(ImportId(cut["id"]), tenant=a_job(office.workspace_id))
    assert office.missing(cut["id"]) == [(1, 2, ["Silver", "Bronze"])]


def test_another_plan_forgets_what_an_earlier_check_found(office: TierOffice) -> None:
    import_id = office.begun(a_file([(office.chat_ids[0], "Silver")]))
    assert office.check(import_id, office.field, makes=True).body["options_found"] == 1
    assert office.check(import_id, office.field).body["options_found"] == 0
    assert office.missing(import_id) == []
    assert office.run(import_id).body["options_made"] == 0
    assert len(office.tiers()) == 1


def test_what_others_did_to_the_column_meanwhile_is_passed_over(office: TierOffice) -> None:
    rows = list(zip(office.chat_ids, ["Silver", "Bronze", "gold"], strict=True))
    checked = office.checked(rows, office.field, makes=True)
    office.browser.send("POST", f"/columns/{office.column}/options", {"name": "SILVER"})
    done = office.run(checked["id"]).body
    assert (done["options_found"], done["options_made"], done["changed"]) == (2, 1, 3)
    again = office.checked([(office.chat_ids[0], "Tin")], office.field, makes=True)
    office.browser.send("DELETE", f"/columns/{office.column}")
    gone = office.run(again["id"]).body
    assert (gone["state"], gone["options_made"], gone["changed"]) == ("done", 0, 0)


def test_taking_an_import_back_leaves_the_options_it_made(office: TierOffice) -> None:
    done = office.imported([(office.chat_ids[0], "Silver")], office.field, makes=True)
    undone = office.undo_import(done["id"]).body
    assert (undone["state"], undone["restored"], undone["options_made"]) == ("undone", 1, 1)
    assert office.named() == [None] * 3
    assert [name for name, _ in office.tiers()] == ["Gold", "Silver"]
