"""The way to a provider and back, whatever for."""

import hmac

from chalicelib import settings
from chalicelib.features.identity.model import User
from chalicelib.features.social_sign_in import gateway, model
from chalicelib.features.social_sign_in.model import (
    FLOW_LIFE,
    Begun,
    Flow,
    Provider,
    ProviderAccount,
    ProviderNotOffered,
    Purpose,
    Return,
    SignInOver,
)
from chalicelib.features.social_sign_in.repository import Flows
from chalicelib.kernel import tokens
from chalicelib.kernel.ids import UserId
from chalicelib.table.tenant import Installation


def offered() -> list[Provider]:
    """Whom people can sign in with here, in the order they are shown."""
    return [provider for provider in Provider if provider in settings.current().sign_in_providers]


def offered_provider(name: str) -> Provider:
    """The provider of a name. Raises ProviderNotOffered."""
    if name not in offered():
        raise ProviderNotOffered
    return Provider(name)


def begin(
    provider: Provider, purpose: Purpose, *, return_to: str, person: User | None, installation: Installation
) -> Begun:
    """Keep a flow and say where it leads: one write unit. `person` is who links, None for a sign-in.

    Raises ProviderAway: nothing was written.
    """
    token, state, verifier, nonce = tokens.new(), model.new_state(purpose), tokens.new(), tokens.new()
    url = gateway.authorization_url(provider, state=state, verifier=verifier, nonce=nonce)
    flow = Flow(
        token_hash=tokens.hashed(token),
        provider=provider,
        purpose=purpose,
        state_hash=tokens.hashed(state),
        verifier=verifier,
        nonce=nonce,
        return_to=return_to,
        user_id=None if person is None else person.id,
        begun_under=0 if person is None else person.version,
        ends_at=installation.now() + FLOW_LIFE,
    )
    Flows(installation).add(flow)
    return Begun(url=url, token=token, ends_at=flow.ends_at)


def come_back(
    back: Return, purpose: Purpose, *, user_id: UserId | None, installation: Installation
) -> tuple[Flow, ProviderAccount]:
    """Use a flow up and find out who came back by it. Two reads and writes, and what the gateway asks.

    Raises:
        ProviderNotOffered: nothing was read.
        SignInOver: the state is not that of this browser's flow, which is left as it is; or there is none any more.
        ProviderAway, ProviderRefused: the flow is used up.
    """
    offered_provider(back.provider)
    flows = Flows(installation)
    flow = flows.get(back.token)
    if flow is None or (flow.provider, flow.purpose, flow.user_id) != (back.provider, purpose, user_id):
        raise SignInOver
    if not hmac.compare_digest(flow.state_hash, tokens.hashed(back.state)) or not flows.use_up(flow):
        raise SignInOver
    account = gateway.account_of(
        flow.provider, back.code, verifier=flow.verifier, nonce=flow.nonce, now=installation.now()
    )
    return flow, account
