"""Templates and their folders: what may stand in one, who sees it, and what a chat fills it with. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from chalicelib.features.accounts.model import Account
from chalicelib.features.chats.model import ChatCard
from chalicelib.features.fields.model import Column, Content
from chalicelib.features.templates.model import variables
from chalicelib.features.templates.model.variables import Broken
from chalicelib.kernel import formatting, names
from chalicelib.kernel.chat_kinds import ChatKind
from chalicelib.kernel.errors import Blame, Conflict, Invalid, NotFound
from chalicelib.kernel.formatting import Mark
from chalicelib.kernel.ids import ColumnId, FileId, FolderId, TemplateId, UserId
from chalicelib.kernel.records import record

MAX_TEMPLATES: Final = 200
"""On one shelf: the one that the workspace shares, or somebody's own."""
MAX_FOLDERS: Final = 50
"""On one shelf."""
MAX_NAME_CHARACTERS: Final = 100
MAX_TEXT_UNITS: Final = 4_096
"""UTF-16 units, as Telegram counts: a template with nothing to fill is a message. Source: config.message_length_max."""
MAX_SHORTCUT_CHARACTERS: Final = 32
MAX_FILES: Final = 10
"""Of one template; as many as Telegram shows together."""
EXCERPT_CHARACTERS: Final = 160
UNSAID: Final = frozenset({"long_text", "person", "files"})
"""Types of columns of which a chat's card has no words to send: ids, or the beginning of a text alone."""
RESTORABLE_FOR: Final = timedelta(hours=24)
"""How long a deleted template can be brought back."""
_SHORTCUT: Final = re.compile(r"[\w-]+")
_LINE_BREAKS: Final = "\n\t"


class TemplateNotFound(NotFound):
    """There is no such template for this member: gone, or somebody's own."""

    code = "template-not-found"
    title = "There is no such template."


class FolderNotFound(NotFound):
    """There is no such folder for this member: gone, or somebody's own."""

    code = "folder-not-found"
    title = "There is no such folder."


class TemplateInvalid(Invalid):
    """A text, variable, formatting or shortcut that no template can have."""

    code = "template-invalid"
    title = "This template can't be kept like that."


class TemplateChanged(Conflict):
    """Somebody changed or deleted the template first; `standing` has the version that stands."""

    code = "template-changed"
    title = "Somebody changed this template meanwhile. Look again and repeat."


class FolderChanged(Conflict):
    """Somebody renamed or deleted the folder first."""

    code = "folder-changed"
    title = "Somebody changed this folder meanwhile. Look again and repeat."


class ShortcutTaken(Conflict):
    """Another template on the same shelf has this shortcut."""

    code = "shortcut-taken"
    title = "Another template has this shortcut."


class TemplateLimitReached(Conflict):
    """The shelf has as many templates or folders as there may be."""

    code = "template-limit-reached"
    title = "There is no room for more."


@record
class TemplateDraft:
    """A template as somebody wants it: all of it, with the files that hang on it in their order."""

    name: str
    text: str
    marks: tuple[Mark, ...] = ()
    shortcut: str | None = None
    folder_id: FolderId | None = None
    file_ids: tuple[FileId, ...] = ()
    is_shared: bool


@record
class Template:
    """A text to be sent often. A shared one is every member's to use, another its maker's alone.

    `folder_id` may name a folder that is gone: the template then lies in none.
    """

    id: TemplateId
    name: str
    text: str
    marks: tuple[Mark, ...]
    shortcut: str | None
    folder_id: FolderId | None
    file_ids: tuple[FileId, ...]
    is_shared: bool
    version: int
    changed_at: datetime
    changed_by: UserId


@record
class TemplateCard:
    """What a list shows of a template: its text by its beginning alone, its files by their number."""

    id: TemplateId
    name: str
    excerpt: str
    shortcut: str | None
    folder_id: FolderId | None
    files: int
    is_shared: bool
    version: int
    changed_at: datetime


@record
class Folder:
    """A folder of one shelf."""

    id: FolderId
    name: str
    is_shared: bool
    version: int


@record
class Shelves:
    """All that a member may use: what the workspace shares, and their own."""

    templates: list[TemplateCard]
    folders: list[Folder]


@record
class ChangeTemplate:
    """Put a template as a whole in place of the version the caller saw; it may change the shelf."""

    template_id: TemplateId
    draft: TemplateDraft
    version: int


def settled(draft: TemplateDraft) -> TemplateDraft:
    """A draft as it is kept: name trimmed, line breaks as one kind, shortcut folded.

    Raises:
        NameInvalid: blames `/name`.
        TemplateInvalid: blames `/text`, `/entities/<place>` or `/shortcut`.
    """
    return TemplateDraft(
        name=names.parse(draft.name, pointer="/name", most=MAX_NAME_CHARACTERS),
        text=_text(draft.text, draft.marks),
        marks=tuple(sorted(draft.marks, key=lambda mark: (mark.offset, -mark.length))),
        shortcut=None if draft.shortcut is None else shortcut(draft.shortcut),
        folder_id=draft.folder_id,
        file_ids=draft.file_ids,
        is_shared=draft.is_shared,
    )


def shortcut(written: str) -> str:
    """What is typed after `/` to find a template: letters, digits, `_` and `-` of any script, in lower case.

    Raises:
        TemplateInvalid: blames `/shortcut`.
    """
    folded = unicodedata.normalize("NFC", written).casefold()
    if len(folded) > MAX_SHORTCUT_CHARACTERS or not _SHORTCUT.fullmatch(folded):
        expected = f"has 1 to {MAX_SHORTCUT_CHARACTERS} letters, digits, _ and -"
        raise TemplateInvalid(blames=(Blame("/shortcut", expected),))
    return folded


def named_folder(name: str) -> str:
    """A folder's name as it is kept.

    Raises:
        NameInvalid: blames `/name`.
    """
    return names.parse(name, pointer="/name", most=MAX_NAME_CHARACTERS)


def refuse_unknown(text: str, columns: Iterable[Column]) -> None:
    """Hold that a workspace with these columns knows every variable of a text.

    Raises:
        TemplateInvalid: blames `/text`, once for each that it does not know.
    """
    known = {*variables.OF_EVERY_CHAT, *(variables.OF_COLUMNS + column.key for column in said(columns))}
    strange = [name for name in variables.variables_in(text) if name not in known]
    if strange:
        raise TemplateInvalid(blames=tuple(Blame("/text", f"there is no variable {name}") for name in strange))


def said(columns: Iterable[Column]) -> Iterator[Column]:
    """The columns that can be variables."""
    return (column for column in columns if column.type not in UNSAID)


def values_of(
    chat: ChatCard, account: Account, columns: Iterable[Column], values: Mapping[ColumnId, Content]
) -> dict[str, str]:
    """What a chat fills variables with, by their names. First and last names are people's: a group has neither."""
    first, last = _names_of(chat) if chat.kind is ChatKind.PRIVATE else ("", "")
    of_columns = {
        variables.OF_COLUMNS + column.key: variables.spoken(
            values.get(column.id), {option.id: option.name for option in column.options}
        )
        for column in said(columns)
    }
    known = {"contact.name": chat.title, "contact.first_name": first, "contact.last_name": last}
    return {**known, "account.name": account.label or account.name, **of_columns}


def _names_of(chat: ChatCard) -> tuple[str, str]:
    """First and last name of the person: what people here call them, or else what their name at Telegram tells."""
    if chat.fields.name() is not None:
        return chat.fields.first_name or "", chat.fields.last_name or ""
    return variables.names_of_person(chat.title)


def excerpt(text: str) -> str:
    """The beginning of a text, on one line."""
    return " ".join(text[: 2 * EXCERPT_CHARACTERS].split())[:EXCERPT_CHARACTERS]


def as_journalled(template: Template) -> dict[str, Any]:
    """A template as the journal keeps it, which every member reads: of somebody's own that there is one."""
    if not template.is_shared:
        return {"is_shared": False}
    said = {"name": template.name, "text": template.text, "shortcut": template.shortcut}
    return {**said, "files": len(template.file_ids), "is_shared": True}


def _text(written: str, marks: tuple[Mark, ...]) -> str:
    if any(unicodedata.category(letter) in {"Cc", "Cs"} and letter not in _LINE_BREAKS for letter in written):
        raise _unfit("has characters that can't be shown")
    if not written.strip():
        raise _unfit("is empty")
    if formatting.units_in(written) > MAX_TEXT_UNITS:
        raise _unfit(f"has at most {MAX_TEXT_UNITS} characters")
    broken = [piece for piece in variables.pieces_of(written) if isinstance(piece, Broken)]
    if broken:
        raise TemplateInvalid(blames=tuple(Blame("/text", f"no variable begins at {each.at}") for each in broken))
    if blames := formatting.misfits(written, marks):
        raise TemplateInvalid(blames=blames)
    return written


def _unfit(detail: str) -> TemplateInvalid:
    return TemplateInvalid(blames=(Blame("/text", detail),))
