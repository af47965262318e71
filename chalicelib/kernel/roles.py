"""The three roles of a workspace and their rank."""

from enum import StrEnum


class Role(StrEnum):
    """Member < Admin < Owner."""

    MEMBER = "member"
    ADMIN = "admin"
    OWNER = "owner"

    @property
    def rank(self) -> int:
        """0 to 2. What each role may stands in kernel/permissions."""
        return _RANKS[self]

    def reaches(self, other: "Role") -> bool:
        """Whether a person of this role may act on, or grant, the other: those below, and an Owner also Owners."""
        return self is Role.OWNER or self.rank > other.rank


_RANKS = {Role.MEMBER: 0, Role.ADMIN: 1, Role.OWNER: 2}
