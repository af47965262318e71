"""Rows of people: profiles and claims, mailed links, their own log."""

from chalicelib.features.identity.repository.mailed import LinkPurpose, MailedLinks, MailedTokens
from chalicelib.features.identity.repository.own_log import OwnLog
from chalicelib.features.identity.repository.users import Users

__all__ = ["LinkPurpose", "MailedLinks", "MailedTokens", "OwnLog", "Users"]
