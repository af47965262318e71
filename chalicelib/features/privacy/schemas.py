"""Deletions on the wire."""

import msgspec

from chalicelib.features.identity.schemas import LinkTokenText, ProofIn
from chalicelib.features.privacy.model import Deletion
from chalicelib.features.workspaces.schemas import NameText
from chalicelib.kernel import clock


class WorkspaceDeletionIn(msgspec.Struct, forbid_unknown_fields=True):
    """A workspace to delete. `name` is its name, typed exactly; with `now` there is no way back."""

    name: NameText
    proof: ProofIn
    now: bool = False


class PersonDeletionIn(msgspec.Struct, forbid_unknown_fields=True):
    """One's own account to delete; with `now` there is no way back."""

    proof: ProofIn
    now: bool = False


class UndoIn(msgspec.Struct, forbid_unknown_fields=True):
    """The part of an undo link behind `#`."""

    token: LinkTokenText


class DeletionOut(msgspec.Struct):
    """A deletion that was asked for: when erasing begins, and whether it can be undone until then."""

    deletes_at: str
    can_undo: bool

    @classmethod
    def of(cls, deletion: Deletion) -> "DeletionOut":
        """As it travels."""
        return cls(deletes_at=clock.to_wire(deletion.deletes_at), can_undo=deletion.can_undo)
