"""Key patterns of templates, spelled here as the others are in table/keys."""

from chalicelib.kernel.ids import FolderId, TemplateId, UserId
from chalicelib.table.keys import Partition


def own_shelf(user_id: UserId) -> Partition:
    """What a member keeps for themselves; the shelf that all share lies in WORKSPACE."""
    return Partition(f"#MEMBER#{user_id}")


# Sort keys of either shelf

SHELF = "TEMPLATE"
"""Begins templates, folders and their tally, so that one query reads a shelf."""
TEMPLATES = "TEMPLATE#"
FOLDERS = "TEMPLATEFOLDER#"
TALLY = "TEMPLATETALLY"
"""How many templates and folders there are: limits that hold when two people make one at once."""


def template(template_id: TemplateId) -> str:
    """A template."""
    return f"{TEMPLATES}{template_id}"


def template_of(sk: str) -> TemplateId:
    """The template a row of TEMPLATES is."""
    return TemplateId(sk.removeprefix(TEMPLATES))


def folder(folder_id: FolderId) -> str:
    """A folder of templates."""
    return f"{FOLDERS}{folder_id}"


def folder_of(sk: str) -> FolderId:
    """The folder a row of FOLDERS is."""
    return FolderId(sk.removeprefix(FOLDERS))


SHORTCUTS = "SHORTCUT#"


def shortcut(typed: str) -> str:
    """The claim on a template's shortcut."""
    return f"{SHORTCUTS}{typed}"
