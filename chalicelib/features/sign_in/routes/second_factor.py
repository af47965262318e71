"""Paths of one's second factor."""

from __future__ import annotations

from chalicelib.adapters.limits import SIGNING_IN
from chalicelib.edge.api import Allow
from chalicelib.edge.call import Call
from chalicelib.features.identity import schemas as identity_schemas
from chalicelib.features.identity.model import ProofWrong, SignInAgain
from chalicelib.features.second_factor.model import CodeWrong, SecondFactorOff, SecondFactorOn, SetupOver
from chalicelib.features.sign_in import schemas, use_cases
from chalicelib.features.sign_in.routes.declared import api
from chalicelib.features.workspaces.model import EmailUnverified
from chalicelib.table.transaction import ChangedMeanwhile


@api.post(
    "/me/second-factor/setup",
    allow=Allow.SIGNED_IN,
    status=201,
    limit=SIGNING_IN,
    raises=(SecondFactorOn, EmailUnverified, ProofWrong, SignInAgain),
)
def set_up_second_factor(call: Call, body: identity_schemas.ProvenIn) -> schemas.SetupOut:
    """Get a secret for an authenticator app. It counts once a code of it was shown, within the hour."""
    setup = use_cases.set_up(
        body.proof.to_proof(),
        session=call.session,
        caller=call.caller,
        installation=call.services.installation,
        limits=call.services.limits,
    )
    return schemas.SetupOut.of(setup)


@api.post(
    "/me/second-factor",
    allow=Allow.SIGNED_IN,
    status=201,
    limit=SIGNING_IN,
    raises=(SetupOver, SecondFactorOn, CodeWrong, ChangedMeanwhile),
)
def turn_second_factor_on(call: Call, body: schemas.CodeIn) -> schemas.BackupCodesOut:
    """Turn the second factor on with its first code. Every other session ends; the backup codes are shown this once."""
    backup_codes = use_cases.turn_on(
        body.code, session=call.session, caller=call.caller, installation=call.services.installation
    )
    return schemas.BackupCodesOut(backup_codes=list(backup_codes))


@api.post(
    "/me/second-factor/off",
    allow=Allow.SIGNED_IN,
    status=204,
    limit=SIGNING_IN,
    raises=(SecondFactorOff, ProofWrong, SignInAgain, ChangedMeanwhile),
)
def turn_second_factor_off(call: Call, body: identity_schemas.ProvenIn) -> None:
    """Turn the second factor off. Every other session ends."""
    use_cases.turn_off(
        body.proof.to_proof(),
        session=call.session,
        caller=call.caller,
        installation=call.services.installation,
        limits=call.services.limits,
    )


@api.post(
    "/me/backup-codes",
    allow=Allow.SIGNED_IN,
    status=201,
    limit=SIGNING_IN,
    raises=(SecondFactorOff, ProofWrong, SignInAgain),
)
def make_backup_codes(call: Call, body: identity_schemas.ProvenIn) -> schemas.BackupCodesOut:
    """Make other backup codes, shown this once; those before them are no good any more."""
    backup_codes = use_cases.renew_backup_codes(
        body.proof.to_proof(),
        session=call.session,
        caller=call.caller,
        installation=call.services.installation,
        limits=call.services.limits,
    )
    return schemas.BackupCodesOut(backup_codes=list(backup_codes))
