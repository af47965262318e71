"""The activity log (product.md section 10): newest first, by filters, each seeing what their role may."""

from datetime import timedelta

import pytest

from chalicelib.services import Services
from tests.api_client import ApiClient
from tests.people import People


def test_a_member_reads_the_log_without_addresses_and_an_admin_with_them(api: ApiClient, people: People) -> None:
    olga, max_ = people.new("Olga"), people.new("Max")
    people.join(max_, olga)
    path = f"/workspaces/{olga.workspace_id}/activity"
    mine, his = api.get(path, olga.browser).body["entries"], api.get(path, max_.browser).body["entries"]
    assert {entry["address"] for entry in his} == {None}
    assert {entry["device"] for entry in his} == {None}
    assert olga.browser.address in {entry["address"] for entry in mine}
    assert mine[0]["device"] == max_.browser.device
