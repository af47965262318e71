"""Key patterns of people: rows outside every workspace, spelled here as the others are in table/keys."""

import zlib
from datetime import datetime

from chalicelib.kernel.ids import SessionId, UserId, WorkspaceId
from chalicelib.table.keys import InstallationKey


def user(user_id: UserId) -> InstallationKey:
    """A person: profile, memberships, sign-in sessions."""
    return InstallationKey(f"USER#{user_id}")


USER_SHARDS = 8
USER_PROFILE = "PROFILE"
MEMBERSHIPS = "WORKSPACE#"
SESSIONS = "SESSION#"
SECOND_FACTOR = "FACTOR"
SECOND_FACTOR_SETUP = "FACTORSETUP"


def membership(workspace_id: WorkspaceId) -> str:
    """A person's pointer to a workspace they belong to; the membership itself is the workspace's row."""
    return f"{MEMBERSHIPS}{workspace_id}"


SECOND_FACTOR_RESET = "SECONDFACTORRESET"
"""The removal of a lost second factor that staff began, until it is done or called off."""


def session(session_id: SessionId) -> str:
    """A sign-in session, under its person."""
    return f"{SESSIONS}{session_id}"


TRIAL = "TRIAL"
"""That the person has had a trial as an Owner: once, in whatever workspace."""
LOGINS = "LOGIN#"


def login(provider: str) -> str:
    """A person's link to a provider: one a provider."""
    return f"{LOGINS}{provider}"


def device(device_hash: str) -> str:
    """A browser that the person signed in with, by the hash of what its cookie says."""
    return f"DEVICE#{device_hash}"


def mailed_link(purpose: str) -> str:
    """The newest link of a purpose that was e-mailed to the person; those before it are no good any more."""
    return f"MAILED#{purpose}"


def users_shard(user_id: UserId) -> int:
    """In which of USER_SHARDS partitions of the index `gsi1` a person is listed."""
    return zlib.crc32(user_id.encode()) % USER_SHARDS


def users(shard: int) -> InstallationKey:
    """A partition of the index `gsi1`: everybody who has an account, by id."""
    return InstallationKey(f"USERS#{shard}")


def personal_journal(user_id: UserId, at: datetime) -> InstallationKey:
    """A person's own log of a month: their sign-ins and what they changed about how they sign in."""
    return InstallationKey(f"USER#{user_id}#JOURNAL#{at:%Y-%m}")


def email_claim(email: str) -> InstallationKey:
    """Who holds an e-mail address; case-folded."""
    return InstallationKey(f"EMAIL#{email.casefold()}")


def username_claim(skeleton: str) -> InstallationKey:
    """Who holds a username and with it all that look like it, by what they have in common."""
    return InstallationKey(f"USERNAME#{skeleton}")


def login_claim(provider: str, subject_hash: str) -> InstallationKey:
    """Whose login somebody at a provider is."""
    return InstallationKey(f"LOGIN#{provider}#{subject_hash}")


def sign_in_flow(token_hash: str) -> InstallationKey:
    """Somebody on their way to a provider and back."""
    return InstallationKey(f"FLOW#{token_hash}")


def pending_login(token_hash: str) -> InstallationKey:
    """Somebody a provider has named, before it is anybody's login."""
    return InstallationKey(f"PENDINGLOGIN#{token_hash}")


def mailed_token(token_hash: str) -> InstallationKey:
    """A single-use token that was e-mailed."""
    return InstallationKey(f"TOKEN#{token_hash}")


def mailed_tokens_of(user_id: UserId) -> InstallationKey:
    """A partition of the index `gsi1`: the tokens that were mailed to a person."""
    return InstallationKey(f"USER#{user_id}#TOKENS")


def invite_token(token_hash: str) -> InstallationKey:
    """Where an invitation's token leads."""
    return InstallationKey(f"INVITE#{token_hash}")


def invites_for(address_handle: str) -> InstallationKey:
    """A partition of the index `gsi1`: the tokens of invitations that are for one e-mail address."""
    return InstallationKey(f"INVITED#{address_handle}")


def challenge(token_hash: str) -> InstallationKey:
    """A sign-in that waits for its second factor, by the hash of what its cookie says."""
    return InstallationKey(f"CHALLENGE#{token_hash}")
