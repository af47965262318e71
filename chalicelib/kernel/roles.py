"""The three roles of a workspace and their rank."""

from enum import StrEnum

from chalicelib.kernel.errors import Forbidden


class Role(StrEnum):
    """Member < Admin < Owner."""

    MEMBER = "member"
    ADMIN = "admin"
    OWNER = "owner"

    @property
    def rank(self) -> int:
        """0 to 2; people act on and grant only roles below their own."""
        return _ORDER.index(self)

    def at_least(self, other: "Role") -> bool:
        """Whether this role may do what `other` may."""
        return self.rank >= other.rank

    def outranks(self, other: "Role") -> bool:
        """Whether a person of this role may act on, or grant, the other."""
        return self.rank > other.rank


_ORDER = (Role.MEMBER, Role.ADMIN, Role.OWNER)


class RoleTooLow(Forbidden):
    """The caller belongs to the workspace; their role does not reach."""

    code = "role-too-low"
    title = "Your role in this workspace does not allow this."
