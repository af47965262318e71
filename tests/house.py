"""A workspace with something of every kind in it, for tests of how it is erased; and the look at what is left."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import pytest

from chalicelib import settings
from chalicelib.adapters import files
from chalicelib.adapters.mail import Mail
from chalicelib.features.accounts import use_cases as accounts
from chalicelib.features.accounts.model import ConnectAccount, Connection
from chalicelib.features.billing.jobs import due as billing
from chalicelib.features.billing.model import CLOSE_CUSTOMER
from chalicelib.features.comments import use_cases as comments
from chalicelib.features.comments.model import Words, WriteComment
from chalicelib.features.fields import use_cases as fields
from chalicelib.features.fields.model import ColumnType, CreateColumn, SetValue
from chalicelib.features.files import use_cases as uploads
from chalicelib.features.files.model import BeginUpload, PlaceKind
from chalicelib.features.journal import use_cases as journal
from chalicelib.features.journal.model import Filters
from chalicelib.features.privacy import jobs
from chalicelib.features.privacy.model import SETTLED_AFTER, Deletion, Erasing, Step
from chalicelib.features.privacy.repository.erasings import Erasings
from chalicelib.features.privacy.repository.workspaces import Profiles
from chalicelib.features.privacy.use_cases.steps import ERASE_WORKSPACE
from chalicelib.features.privacy.use_cases.workspace_deletion import put_deletion
from chalicelib.features.privacy.use_cases.workspace_erasing import erase_workspace
from chalicelib.features.templates import use_cases as templates
from chalicelib.features.templates.model import TemplateDraft
from chalicelib.features.views import use_cases as views
from chalicelib.features.views.model import CreateView, View
from chalicelib.features.views.schemas import ViewContent
from chalicelib.features.workspaces import use_cases as workspaces
from chalicelib.features.workspaces.model import CreateInvite
from chalicelib.kernel.ids import WorkspaceId
from chalicelib.kernel.roles import Role
from chalicelib.table import cipher, feeds, keys
from chalicelib.table.cipher import Cipher, Purpose, SealBroken
from chalicelib.table.due import Due, Lane, Poller
from chalicelib.table.tenant import Installation, Tenant
from chalicelib.table.transaction import ChangedMeanwhile
from tests.hand_clock import HandClock
from tests.handlers import Dropping
from tests.local_aws import LocalAws
from tests.scene import chats_of

_KEYS: Final = ("pk", "sk", "gsi1pk", "gsi1sk", "due_pk")


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """A workspace with something of every kind in it, whose deletion was asked for."""

    tenant: Tenant
    connections: list[Connection]
    installation: Installation
    clock: HandClock

    @property
    def id(self) -> WorkspaceId:
        """Its id."""
        return self.tenant.workspace_id

    def erasing(self) -> Erasing:
        """How far its erasing has come."""
        found = Erasings(self.installation).get(self.id)
        assert found is not None
        return found

    def log_out(self) -> None:
        """What the session worker does when it has logged out at Telegram."""
        for each in self.connections:
            stored = accounts.list_accounts(self.tenant)
            [(standing, _)] = next(card for card in stored if card.account.id == each.account_id).connections
            accounts.finish_disconnect(standing, tenant=self.tenant)

    def tick(self) -> None:
        """Go on with it as far as it comes."""
        eraser(self).tick()

    def finish_beside_others(self) -> None:
        """Work at it as somebody whose claim was taken for a dead one's would."""
        for _ in range(40):
            try:
                if erase_workspace(self.id, name="Acme", people=(), installation=self.installation):
                    self.clock.advance(SETTLED_AFTER)
            except ChangedMeanwhile:
                continue
        self.end_payments()

    def finish(self) -> Erasing:
        """Let time pass until it is done."""
        for _ in range(12):
            self.tick()
            if (found := Erasings(self.installation).get(self.id)) is not None and found.step is Step.DONE:
                self.end_payments()
                return found
            self.clock.advance(SETTLED_AFTER)
        raise AssertionError(f"stands still at {self.erasing()}")

    def end_payments(self) -> None:
        """What the lane of money does beside it."""
        Poller({CLOSE_CUSTOMER: billing.close}, self.installation, lane=Lane.BILLING).tick()


def furnished(tenant: Tenant, installation: Installation, clock: HandClock) -> House:
    """Accounts, chats, values, views, an invitation, an export, an upload, a watch, files, and due work."""
    """Accounts, chats, values, templates, an invitation, an export, an upload, a watch, files, and work to be done."""
    """Accounts, chats, values, comments, an invitation, an export, an upload, a watch, files, and work to be done."""
    made = [connect(tenant, number) for number in (1, 2)]
    columns = [
        fields.create_column(CreateColumn(name=name, type=ColumnType.TEXT), tenant=tenant).id
        for name in ("Staying", "Going")
    ]
    for each in made:
        for chat in chats_of(tenant.workspace_id, each.account_id, 3):
            wish = SetValue(chat_id=chat.id, column_id=columns[0], value="a secret of theirs", version=None)
            fields.set_value(wish, tenant=tenant)
            said = WriteComment(subject=comments.on_chat(chat.id, tenant=tenant), words=Words(text="Call back."))
            comments.write_comment(said, tenant=tenant)
            feeds.mark_chat(tenant, chat.id)
    fields.delete_column(columns[1], tenant=tenant)
    _view(tenant, is_shared=True)
    views.set_default_view(_view(tenant, is_shared=False).id, tenant=tenant)
    workspaces.create_invite(CreateInvite(role=Role.MEMBER), tenant=tenant, mail=Mail())
    uploads.begin_upload(BeginUpload(kind=PlaceKind.LOGO, name="a.png", size=9, type="image/png"), tenant=tenant)
    for is_shared in (True, False):
        draft = TemplateDraft(name="Hello", text="a secret of theirs", shortcut="hi", is_shared=is_shared)
        templates.create_template(draft, tenant=tenant)
    journal.request_export(Filters(), tenant=tenant)
    journal.watch("task", "http://127.0.0.1/queue", tenant=tenant)
    for folder in (files.kept(tenant.workspace_id), files.transit(tenant.workspace_id)):
        folder.put(folder.new_key(), b"fox", content_type="image/png")
    return House(tenant=tenant, connections=made, installation=installation, clock=clock)


def _view(tenant: Tenant, *, is_shared: bool) -> View:
    content = ViewContent().to_content()
    return views.create_view(CreateView(name="Hot", icon=None, is_shared=is_shared, content=content), tenant=tenant)


def connect(tenant: Tenant, telegram_user_id: int) -> Connection:
    """Take a login into custody."""
    command = ConnectAccount(
        telegram_user_id=telegram_user_id,
        name="Sales",
        username=None,
        phone="+15550100",
        session_string="a login",
        owned=True,
    )
    return accounts.connect_account(command, tenant=tenant, cipher=cipher.current())


def deleted(house: House) -> House:
    """Have it deleted, without a way back."""
    deletion = Deletion(deletes_at=house.clock(), can_undo=False)
    put_deletion(Profiles(house.tenant).require(), deletion, tenant=house.tenant, installation=house.installation)
    return house


def eraser(house: House) -> Poller:
    """Goes on with this house's erasing; what other tests left is dropped."""
    known = Dropping()

    def erase(work: Due) -> datetime | None:
        return jobs.erase_workspace(work) if work.facts["workspace_id"] == house.id else None

    known[ERASE_WORKSPACE] = erase
    return Poller(known, house.installation, lane=Lane.ERASING)


Item = dict[str, Any]


def whole_table(local_aws: LocalAws) -> list[Item]:
    """Every item there is, in DynamoDB's own shape. It holds what all tests left: one walk serves every question."""
    pages = local_aws.client("dynamodb").get_paginator("scan").paginate(TableName=settings.current().table)
    return [item for page in pages for item in page["Items"]]


def keys_that_name(text: str, items: Iterable[Item]) -> list[str]:
    """Every key and index key with a text in it, whatever partition it lies in."""
    named = ([item.get(name, {}).get("S", "") for name in _KEYS] for item in items)
    return [" / ".join(names) for names in named if any(text in each for each in names)]


def files_of(workspace_id: WorkspaceId) -> int:
    """How many files lie in both buckets."""
    return sum(folder.count() for folder in (files.kept(workspace_id), files.transit(workspace_id)))


def assert_erased(house: House, local_aws: LocalAws) -> None:
    """The proof: the erasing's own count, and a look at everything there is."""
    erasing = house.erasing()
    assert (erasing.step, erasing.left) == (Step.DONE, 0)
    assert erasing.done_at is not None
    assert keys_that_name(house.id, whole_table(local_aws)) == [f"{keys.erasing(house.id)} / {keys.ONLY} /  /  / "]
    assert files_of(house.id) == 0
    for purpose in Purpose:
        with pytest.raises(SealBroken):
            Cipher().seal(house.id, purpose, "item", b"late")
