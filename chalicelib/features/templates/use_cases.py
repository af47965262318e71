"""What people do with templates and their folders. Rendering one for a chat needs no write and no seat."""

from dataclasses import replace

import msgspec

from chalicelib.features.accounts import use_cases as accounts
from chalicelib.features.chats import use_cases as chats
from chalicelib.features.fields import use_cases as fields
from chalicelib.features.fields.model import Value
from chalicelib.features.files import use_cases as files
from chalicelib.features.files.model import File, Place, PlaceKind
from chalicelib.features.templates.model import (
    RESTORABLE_FOR,
    ChangeTemplate,
    Folder,
    FolderChanged,
    FolderNotFound,
    Shelves,
    ShortcutTaken,
    Template,
    TemplateChanged,
    TemplateDraft,
    TemplateNotFound,
    as_journalled,
    named_folder,
    refuse_unknown,
    settled,
    values_of,
    variables,
)
from chalicelib.features.templates.model.variables import Rendered
from chalicelib.features.templates.repository import Shelf
from chalicelib.kernel import clock, ids
from chalicelib.kernel.ids import ChatId, FolderId, TemplateId, UserId
from chalicelib.kernel.permissions import Action
from chalicelib.table.journal import JournalledTransaction
from chalicelib.table.tenant import Member, Tenant
from chalicelib.table.transaction import AlreadyDone


def list_templates(*, tenant: Tenant) -> Shelves:
    """Everything the member may use, by name: two queries, which read the texts whole (1 read unit per 4 KB)."""
    shelves = [shelf.read() for shelf in _shelves(tenant)]
    templates = [card for cards, _ in shelves for card in cards]
    folders = [folder for _, found in shelves for folder in found]
    return Shelves(
        templates=sorted(templates, key=lambda card: (card.name.casefold(), card.id)),
        folders=sorted(folders, key=lambda folder: (folder.name.casefold(), folder.id)),
    )


def template(template_id: TemplateId, *, tenant: Tenant) -> Template:
    """One template the member may use: one read, two for one of their own.

    Raises:
        TemplateNotFound: none, or somebody else's own.
    """
    found = (shelf.get(template_id) for shelf in _shelves(tenant))
    standing = next((each for each in found if each is not None), None)
    if standing is None:
        raise TemplateNotFound
    return standing


def files_of(template: Template, *, tenant: Tenant) -> list[File]:
    """The files that hang on a template, in its order: a batch read where there are any."""
    found = files.files_of(template.file_ids, tenant=tenant) if template.file_ids else {}
    return [found[file_id] for file_id in template.file_ids if file_id in found]


def create_template(draft: TemplateDraft, *, tenant: Tenant, once: str | None = None) -> Template:
    """Keep a text. One query where a variable names a column; one transaction of 3 to 5 rows and one a file.

    Raises:
        PermissionMissing: the caller may not share, and it is to be shared.
        NameInvalid, TemplateInvalid: nothing of it can be kept.
        FolderNotFound: no such folder on that shelf.
        FileNotFound: a file the caller did not put up for a template, or that hangs elsewhere.
        ShortcutTaken, TemplateLimitReached: nothing was written.
    """
    member = _allowed(tenant, is_shared=draft.is_shared)
    made = _drafted(draft, TemplateId(ids.mint(tenant.now().timestamp())), 1, member.user_id, tenant)
    try:
        with tenant.transaction(once=once) as change:
            _shelf_of(made, tenant).put_up(change, made)
            files.attach(change, made.file_ids, _place(made, tenant), tenant=tenant)
            change.record("template.created", target=made.id, new=as_journalled(made))
            change.leaves(template_id=made.id)
    except AlreadyDone as done:
        return template(TemplateId(done.outcome["template_id"]), tenant=tenant)
    return made


def change_template(command: ChangeTemplate, *, tenant: Tenant) -> Template:
    """Put a template as a whole in place of the one the caller saw, where it is to stand. No change, no write.

    One or two reads, a query where a variable names a column; one transaction of 2 to 7 rows, one for each file that
    comes, two for each that goes, and one for each that changes the shelf with it.

    Raises:
        TemplateNotFound: none, or somebody else's own.
        PermissionMissing: it is shared or is to be, and the caller may not.
        NameInvalid, TemplateInvalid, FolderNotFound, FileNotFound, ShortcutTaken, TemplateLimitReached: nothing was
            written.
        TemplateChanged: somebody wrote first; `standing` has the version that stands.
    """
    before = template(command.template_id, tenant=tenant)
    _allowed(tenant, is_shared=before.is_shared)
    member = _allowed(tenant, is_shared=command.draft.is_shared)
    after = _drafted(command.draft, before.id, before.version + 1, member.user_id, tenant)
    if command.version != before.version:
        raise TemplateChanged(standing={"version": before.version})
    if replace(after, version=before.version, changed_at=before.changed_at, changed_by=before.changed_by) == before:
        return before
    with tenant.transaction() as change:
        if after.is_shared == before.is_shared:
            _shelf_of(after, tenant).rewrite(change, before, after)
        else:
            _shelf_of(before, tenant).take_down(change, before)
            _shelf_of(after, tenant).put_up(change, after)
        _rehang(change, before, after, tenant)
        change.record("template.changed", target=after.id, old=as_journalled(before), new=as_journalled(after))
    return after


def delete_template(template_id: TemplateId, *, tenant: Tenant) -> None:
    """Take a template away with its files; for 24 hours it can be brought back with them. One's own also when nothing
    pays for its owner.

    Raises:
        TemplateNotFound: none, or somebody else's own.
        PermissionMissing: it is shared, and the caller may not share.
        TemplateChanged: somebody changed it at this moment; it stands.
    """
    doomed = template(template_id, tenant=tenant)
    if doomed.is_shared:
        tenant.require(Action.SHARE_TEMPLATES)
    with tenant.transaction() as change:
        _shelf_of(doomed, tenant).bury(change, doomed, tenant.now())
        files.detach(change, doomed.file_ids, _place(doomed, tenant), tenant=tenant, kept_for=RESTORABLE_FOR)
        change.record("template.deleted", target=doomed.id, old=as_journalled(doomed))


def restore_template(template_id: TemplateId, *, tenant: Tenant) -> Template:
    """Bring a deleted template back, without its shortcut where another has it by now; one that stands is left alone.

    Raises:
        TemplateNotFound: there is none to bring back.
        PermissionMissing: it was shared, and the caller may not share.
        TemplateLimitReached: nothing was written.
        TemplateChanged: somebody else brought it back at this moment.
    """
    deleted = next((found for shelf in _shelves(tenant) if (found := shelf.get_deleted(template_id))), None)
    if deleted is None:
        return template(template_id, tenant=tenant)
    _allowed(tenant, is_shared=deleted.is_shared)
    try:
        return _bring_back(deleted, deleted.shortcut, tenant)
    except ShortcutTaken:
        return _bring_back(deleted, None, tenant)


def create_folder(name: str, *, is_shared: bool, tenant: Tenant) -> Folder:
    """Make a folder. One transaction of 3 rows.

    Raises:
        PermissionMissing: the caller may not share, and it is to be shared.
        NameInvalid, TemplateLimitReached: nothing was written.
    """
    _allowed(tenant, is_shared=is_shared)
    folder_id = FolderId(ids.mint(tenant.now().timestamp()))
    made = Folder(id=folder_id, name=named_folder(name), is_shared=is_shared, version=1)
    with tenant.transaction() as change:
        _shelf_of(made, tenant).put_up_folder(change, made)
        change.record("template_folder.created", target=made.id, new=_folder_journalled(made))
    return made


def rename_folder(folder_id: FolderId, name: str, version: int, *, tenant: Tenant) -> Folder:
    """Call a folder something else.

    Raises:
        FolderNotFound: none, or somebody else's own.
        PermissionMissing: it is shared, and the caller may not share.
        NameInvalid: nothing was written.
        FolderChanged: somebody wrote first; `standing` has the version that stands.
    """
    before = _folder(folder_id, tenant)
    _allowed(tenant, is_shared=before.is_shared)
    after = replace(before, name=named_folder(name), version=before.version + 1)
    if version != before.version:
        raise FolderChanged(standing={"version": before.version})
    with tenant.transaction() as change:
        _shelf_of(after, tenant).rename_folder(change, before, after)
        change.record(
            "template_folder.renamed", target=after.id, old=_folder_journalled(before), new=_folder_journalled(after)
        )
    return after


def delete_folder(folder_id: FolderId, *, tenant: Tenant) -> None:
    """Take a folder away; its templates stay and lie in none.

    Raises:
        FolderNotFound: none, or somebody else's own.
        PermissionMissing: it is shared, and the caller may not share.
        FolderChanged: somebody changed it at this moment; it stands.
    """
    doomed = _folder(folder_id, tenant)
    if doomed.is_shared:
        tenant.require(Action.SHARE_TEMPLATES)
    with tenant.transaction() as change:
        _shelf_of(doomed, tenant).take_down_folder(change, doomed)
        change.record("template_folder.deleted", target=doomed.id, old=_folder_journalled(doomed))


def render_template(template_id: TemplateId, chat_id: ChatId, *, tenant: Tenant) -> Rendered:
    """A template as it would go to a chat: what any member may see of the chat fills it. Reads alone: four to six.

    Raises:
        TemplateNotFound: none, or somebody else's own.
        ChatNotFound: the workspace has no such chat.
    """
    standing = template(template_id, tenant=tenant)
    card = chats.chat_card(chat_id, tenant=tenant)
    account = accounts.known_account(card.account_id, tenant=tenant)
    stored = {column_id: msgspec.json.decode(value, type=Value).value for column_id, value in card.values.items()}
    values = values_of(card, account, fields.list_columns(tenant=tenant), stored)
    return variables.render(standing.text, standing.marks, values)


def forget_member(user_id: UserId, *, tenant: Tenant) -> None:
    """Remove the templates with files that somebody who left kept for themselves, and give the files up. It can be
    repeated. Their other rows go with all that was theirs (`workspaces.settle_departure`)."""
    shelf = Shelf(tenant, user_id)
    for each in shelf.holding_files():
        with tenant.own_transaction() as change:
            shelf.drop(change, each)
            place = Place(kind=PlaceKind.TEMPLATE, id=each.id, only_for=user_id)
            files.detach(change, each.file_ids, place, tenant=tenant)


def _shelves(tenant: Tenant) -> list[Shelf]:
    """The shared one, and the member's own."""
    member = tenant.member
    return [Shelf(tenant, None), *([] if member is None else [Shelf(tenant, member.user_id)])]


def _shelf_of(standing: Template | Folder, tenant: Tenant) -> Shelf:
    return next(shelf for shelf in _shelves(tenant) if shelf.is_shared == standing.is_shared)


def _allowed(tenant: Tenant, *, is_shared: bool) -> Member:
    """The member, who may write on that shelf."""
    return tenant.require(Action.SHARE_TEMPLATES if is_shared else Action.EDIT_VALUES)


def _drafted(draft: TemplateDraft, template_id: TemplateId, version: int, by: UserId, tenant: Tenant) -> Template:
    kept = settled(draft)
    has_columns = any(name.startswith(variables.OF_COLUMNS) for name in variables.variables_in(kept.text))
    refuse_unknown(kept.text, fields.list_columns(tenant=tenant) if has_columns else [])
    return Template(
        id=template_id,
        name=kept.name,
        text=kept.text,
        marks=kept.marks,
        shortcut=kept.shortcut,
        folder_id=kept.folder_id,
        file_ids=kept.file_ids,
        is_shared=kept.is_shared,
        version=version,
        changed_at=clock.as_kept(tenant.now()),
        changed_by=by,
    )


def _bring_back(deleted: Template, shortcut: str | None, tenant: Tenant) -> Template:
    restored = replace(deleted, shortcut=shortcut, version=deleted.version + 1)
    with tenant.transaction() as change:
        _shelf_of(restored, tenant).dig_up(change, deleted, restored)
        files.attach_again(change, restored.file_ids, _place(restored, tenant), tenant=tenant)
        change.record("template.restored", target=restored.id, new=as_journalled(restored))
    return restored


def _place(template: Template, tenant: Tenant) -> Place:
    """Where the files of a template hang: those of one's own are nobody else's to see."""
    own = None if template.is_shared or tenant.member is None else tenant.member.user_id
    return Place(kind=PlaceKind.TEMPLATE, id=template.id, only_for=own)


def _rehang(change: JournalledTransaction, before: Template, after: Template, tenant: Tenant) -> None:
    """Have just the files of `after` hang on it, to be seen by whoever sees it."""
    place, kept = _place(after, tenant), [each for each in after.file_ids if each in before.file_ids]
    files.attach(change, [each for each in after.file_ids if each not in kept], place, tenant=tenant)
    files.detach(change, [each for each in before.file_ids if each not in kept], place, tenant=tenant)
    if after.is_shared != before.is_shared:
        files.show_to(change, kept, place, tenant=tenant)


def _folder(folder_id: FolderId, tenant: Tenant) -> Folder:
    found = next((folder for shelf in _shelves(tenant) if (folder := shelf.get_folder(folder_id))), None)
    if found is None:
        raise FolderNotFound
    return found


def _folder_journalled(folder: Folder) -> dict[str, object]:
    """A folder as the journal keeps it: of somebody's own that there is one."""
    return {"name": folder.name, "is_shared": True} if folder.is_shared else {"is_shared": False}
