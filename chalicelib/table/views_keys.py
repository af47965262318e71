"""Key patterns of views, spelled here as the others are in table/keys."""

from chalicelib.kernel.ids import ViewId

# Sort keys in WORKSPACE for shared views, in a member's partition for their own

VIEWS = "VIEW#"


def view(view_id: ViewId) -> str:
    """A saved view."""
    return f"{VIEWS}{view_id}"


def view_of(sk: str) -> ViewId:
    """The view a row of VIEWS is."""
    return ViewId(sk.removeprefix(VIEWS))


DEFAULT_VIEW = "DEFAULTVIEW"
"""In a member's partition: the view that the table opens with."""
