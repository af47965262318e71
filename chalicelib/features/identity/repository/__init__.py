"""Rows of people: profiles and claims, mailed links, second factors, sign-ins."""

from chalicelib.features.identity.repository.mailed import LinkPurpose, MailedLinks, MailedTokens
from chalicelib.features.identity.repository.own_log import OwnLog
from chalicelib.features.identity.repository.second_factors import SecondFactors
from chalicelib.features.identity.repository.sessions import (
    DEVICE_KNOWN,
    Challenge,
    Challenges,
    Devices,
    KeptSession,
    Sessions,
    handle_of,
)
from chalicelib.features.identity.repository.users import NOBODY, Users

__all__ = [
    "DEVICE_KNOWN",
    "NOBODY",
    "Challenge",
    "Challenges",
    "Devices",
    "KeptSession",
    "LinkPurpose",
    "MailedLinks",
    "MailedTokens",
    "OwnLog",
    "SecondFactors",
    "Sessions",
    "Users",
    "handle_of",
]
