"""`python -m dev.demo`: signs the demo people up, confirms their addresses and puts them into one workspace."""

from dataclasses import replace

from chalicelib import services
from chalicelib.adapters.mail import Letter, Mail
from chalicelib.features.identity import use_cases as identity
from chalicelib.features.identity.model import SignUp
from chalicelib.features.sessions.use_cases import Visit
from chalicelib.features.sign_in import use_cases as sign_in
from chalicelib.features.sign_in.model import SignIn
from chalicelib.features.sign_in.use_cases import SignedIn
from chalicelib.features.workspaces import use_cases as workspaces
from chalicelib.features.workspaces.model import CreateInvite
from chalicelib.kernel.ids import WorkspaceId
from chalicelib.kernel.roles import Role
from chalicelib.table import proof
from chalicelib.table.proof import Caller, Session
from dev.demo.people import PEOPLE, WORKSPACE, DemoPerson

CALLER = Caller(address="127.0.0.1", device="dev/demo")


class Letterbox(Mail):
    """Keeps the links of letters instead of sending them, since the people they are for don't read."""

    def __init__(self) -> None:
        self.links: list[str] = []

    def send(self, letter: Letter) -> None:
        """Put the letter's link on top."""
        self.links.append(letter.link)

    def last_token(self) -> str:
        """What stands behind the `#` of the last letter's link."""
        return self.links[-1].rpartition("#")[2]


def main() -> None:
    """Make everybody and their workspace, on a table that has none of them yet."""
    owner, *others = map(_person, PEOPLE)
    shared = identity.create_workspace(
        WORKSPACE, session=owner, caller=CALLER, installation=services.current().installation, once="demo"
    )
    for session, role in zip(others, (Role.ADMIN, Role.MEMBER), strict=True):
        _join(session, role, owner, shared.id)


def _person(person: DemoPerson) -> Session:
    here, letterbox = services.current(), Letterbox()
    wish = SignUp(
        email=person.email,
        full_name=person.full_name,
        username=person.username,
        password=person.password,
        accepts_terms=True,
        is_16_or_older=True,
    )
    visit = Visit(caller=CALLER)
    signed_up = identity.sign_up(wish, visit=visit, installation=here.installation, limits=here.limits, mail=letterbox)
    visit = replace(visit, device_token=signed_up.device_token)
    entered = sign_in.sign_in(
        SignIn(email=person.email, password=person.password),
        visit=visit,
        installation=here.installation,
        limits=here.limits,
    )
    if not isinstance(entered, SignedIn):
        raise TypeError(f"{person.email} has a second factor")
    # Signed in first, since one of them is of the staff.
    at_home = replace(visit, session_token=entered.token)
    identity.verify_email(letterbox.last_token(), visit=at_home, installation=here.installation)
    return entered.session


def _join(session: Session, role: Role, owner: Session, workspace_id: WorkspaceId) -> None:
    here, letterbox = services.current(), Letterbox()
    tenant = proof.member_handle(owner, workspace_id, CALLER, now=here.clock)
    invited = workspaces.create_invite(CreateInvite(role=role), tenant=tenant, mail=letterbox)
    token = invited.link.rpartition("#")[2]
    identity.accept_invite(token, session=session, caller=CALLER, installation=here.installation)


if __name__ == "__main__":
    main()
