"""The demo world: three people with accounts, the people they write with, and the life among them."""

from dev.telegram.demo.residents import Diary, Residents
from dev.telegram.demo.stage import furnish

__all__ = ["Diary", "Residents", "furnish"]
