"""Building the demo world: about 40 chats of every type over three accounts, the same ones every time."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from dev.telegram import files
from dev.telegram.demo import cast, lines
from dev.telegram.demo.pictures import gradient_png, price_list_csv
from dev.telegram.world import writing
from dev.telegram.world.boxes import Dialog, Media
from dev.telegram.world.people import Chat, User
from dev.telegram.world.world import World

_SEED = 7
_GROUP_SIZE = (4, 8)
_PRIVATE_MESSAGES = (4, 60)
_ROOM_MESSAGES = (8, 45)
_DAY_S = 86_400
_UNREAD_SHARE = 0.35
_FACE_SHARE = 0.7
_FACE_SIDE = 160


@dataclass(slots=True)
class _Stage:
    world: World
    now: datetime
    dice: random.Random = field(default_factory=lambda: random.Random(_SEED))
    owners: list[User] = field(default_factory=list)
    people: list[User] = field(default_factory=list)
    script: list[tuple[datetime, User, Chat, writing.Draft]] = field(default_factory=list)


def furnish(world: World, now: datetime) -> None:
    """Put the demo people into an empty world, with a past that ends shortly before `now`. About 0.2 s."""
    stage = _Stage(world, now)
    stage.owners = [_owner(stage, owner) for owner in cast.OWNERS]
    for person in cast.PEOPLE:
        _befriend(stage, person)
    for room in cast.ROOMS:
        _open(stage, room)
    _own_channel(stage)
    _note_to_self(stage)
    _show_faces(stage)
    _play(stage)


def _owner(stage: _Stage, owner: cast.Owner) -> User:
    user = stage.world.add_user(
        owner.first_name,
        last_name=owner.last_name,
        phone=owner.phone,
        username=owner.username,
        dc=owner.dc,
        password=owner.password,
        hint=owner.hint,
        rng=stage.dice,
    )
    user.told_password = owner.password
    return user


def _befriend(stage: _Stage, person: cast.Person) -> None:
    user = stage.world.add_user(person.first_name, last_name=person.last_name, username=person.username, bot=person.bot)
    stage.people.append(user)
    for index in person.friends:
        owner = stage.owners[index]
        if not person.bot and stage.dice.random() < 0.7:
            owner.contacts.add(user.id)
        turns = [(user, owner), (owner, user)]
        count = stage.dice.randint(*_PRIVATE_MESSAGES)
        talk = ("/start", *lines.BOT_REPLIES) if person.bot else lines.SMALL_TALK
        offset = stage.dice.randrange(len(talk))
        for at, number in _moments(stage, count):
            sender, to = turns[number % 2]
            stage.script.append((at, sender, to, _draft(stage, talk[(offset + number) % len(talk)])))


def _open(stage: _Stage, room: cast.Room) -> None:
    world, dice = stage.world, stage.dice
    owners = [stage.owners[index] for index in room.members]
    humans = [person for person in stage.people if not person.bot]
    guests = dice.sample(humans, dice.randint(*_GROUP_SIZE))
    founded_at = stage.now - timedelta(days=dice.randint(100, 900))
    if room.kind == "group":
        chat: Chat = world.add_group(room.title, guests[0], [*owners, *guests[1:]], at=founded_at)
    else:
        chat = world.add_channel(
            room.title,
            guests[0],
            [*owners, *guests[1:]],
            at=founded_at,
            broadcast=room.kind == "broadcast",
            username=room.username,
            about=f"{room.title}: everything in one place.",
            extra_members=max(0, room.size - len(owners) - len(guests)),
        )
    is_broadcast = room.kind == "broadcast"
    speakers = [guests[0]] if is_broadcast else [*guests, *owners]
    talk = lines.NEWS if is_broadcast else lines.GROUP_TALK
    for at, number in _moments(stage, dice.randint(*_ROOM_MESSAGES)):
        stage.script.append((at, dice.choice(speakers), chat, _draft(stage, talk[number % len(talk)])))
    for owner in owners:
        if room.pinned:
            _pin(owner, chat)


def _own_channel(stage: _Stage) -> None:
    """A channel one of the owners runs, so that there is one an account may post in."""
    room, owner = cast.OWN_CHANNEL, stage.owners[0]
    channel = stage.world.add_channel(
        room.title,
        owner,
        stage.people[:3],
        at=stage.now - timedelta(days=200),
        broadcast=True,
        username=room.username,
        extra_members=room.size,
    )
    channel.invite_link = "https://t.me/+demoMayaWrites"
    for at, number in _moments(stage, 6):
        stage.script.append((at, owner, channel, _draft(stage, f"Note {number + 1}: what I learned this week.")))


def _note_to_self(stage: _Stage) -> None:
    for owner in stage.owners:
        at = stage.now - timedelta(days=12)
        stage.script.append((at, owner, owner, writing.Draft(text="Ideas for the next quarter:")))


def _pin(owner: User, chat: Chat) -> None:
    owner.dialogs.setdefault(chat.peer, Dialog()).pinned = True


def _moments(stage: _Stage, count: int) -> list[tuple[datetime, int]]:
    """`count` moments, numbered, that thin out towards a past of up to some weeks and end within the last days."""
    last_ago_s = stage.dice.expovariate(1 / (1.5 * _DAY_S)) + 300
    agos = [last_ago_s]
    for _ in range(count - 1):
        agos.append(agos[-1] + stage.dice.expovariate(1 / (0.3 * _DAY_S)) + 20)
    return [(stage.now - timedelta(seconds=ago), number) for number, ago in enumerate(reversed(agos))]


def _draft(stage: _Stage, text: str) -> writing.Draft:
    """Mostly plain text; now and then with a picture or a document."""
    lot = stage.dice.random()
    if lot < 0.03:
        return writing.Draft(text=text, media=_photo(stage))
    if lot < 0.05:
        return writing.Draft(text=text, media=_document(stage))
    return writing.Draft(text=text)


def _photo(stage: _Stage) -> Media:
    colour: Callable[[], int] = lambda: stage.dice.randrange(40, 230)  # noqa: E731
    start, end = (colour(), colour(), colour()), (colour(), colour(), colour())
    data = gradient_png(320, 200, start, end)
    return files.keep(stage.world, data, kind="photo", mime="image/png", dc=2, at=stage.now, rng=stage.dice)


def _show_faces(stage: _Stage) -> None:
    """Most have a profile picture. By dice of their own, so that who says what does not hang on it."""
    dice, world = random.Random(_SEED), stage.world
    everybody: list[Chat] = [*stage.owners, *stage.people, *world.groups.values(), *world.channels.values()]
    for chat in everybody:
        if dice.random() < _FACE_SHARE:
            hue = (dice.randrange(60, 240), dice.randrange(60, 240), dice.randrange(60, 240))
            picture = gradient_png(_FACE_SIDE, _FACE_SIDE, hue, (hue[1] // 2, hue[2] // 2, hue[0] // 2))
            files.show_face(world, chat, picture, dc=2, at=stage.now, rng=dice)


def _document(stage: _Stage) -> Media:
    return files.keep(
        stage.world,
        price_list_csv(stage.dice.randint(20, 200)),
        kind="document",
        mime="text/csv",
        dc=2,
        at=stage.now,
        rng=stage.dice,
        attributes=files.named("prices.csv"),
    )


def _play(stage: _Stage) -> None:
    """Send everything in the order of its time, so that ids grow with dates; then leave some of it unread."""
    for at, sender, to, draft in sorted(stage.script, key=lambda scene: scene[0]):
        writing.send(stage.world, sender, to, replace(draft), at)
    for user in (*stage.owners, *stage.people):
        for peer, dialog in list(user.dialogs.items()):
            chat = stage.world.chat(peer)
            is_read = user in stage.people or stage.dice.random() > _UNREAD_SHARE
            if chat is not None:
                writing.read(stage.world, user, chat, 0 if is_read else max(1, dialog.top_id - dialog.unread // 2))
