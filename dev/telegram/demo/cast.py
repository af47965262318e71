"""Who is in the demo world, and in which chats."""

from typing import NamedTuple


class Owner(NamedTuple):
    """Somebody with a Telegram account that can be connected. `password`: their cloud password, public as all here."""

    first_name: str
    last_name: str
    phone: str
    username: str
    dc: int = 2
    password: str | None = None
    hint: str | None = None


class Person(NamedTuple):
    """Somebody the owners write with. `friends`: which owners, by index."""

    first_name: str
    last_name: str | None
    username: str | None
    friends: tuple[int, ...]
    bot: bool = False


class Room(NamedTuple):
    """A group or channel. `kind`: group, supergroup or broadcast; `members`: which owners; `size`: of which counted."""

    title: str
    kind: str
    members: tuple[int, ...]
    username: str | None = None
    size: int = 0
    pinned: bool = False


# Numbers from the ranges kept free for fiction: they can belong to nobody.
OWNERS = (
    Owner("Maya", "Lindqvist", "12025550101", "maya_lindqvist"),
    Owner("Daniel", "Okafor", "12025550102", "daniel_okafor", password="tower of glass", hint="tower of …"),
    Owner("Sofia", "Marchetti", "12025550103", "sofia_marchetti", dc=4),
)

PEOPLE = (
    Person("Elena", "Petrova", "elena_petrova", (0,)),
    Person("Анна", "Смирнова", "anna_smirnova", (0,)),
    Person("Дмитрий", "Кузнецов", None, (0,)),
    Person("ليلى", "حداد", "layla_haddad", (0,)),
    Person("Noah", "Bennett", "noahb", (0,)),
    Person("Chloé", "Dubois", None, (0,)),
    Person("🌸 Hana", None, "hana_flowers", (0,)),
    Person("O'Brien", "& Sons, Ltd.", "obrien_sons", (0, 1)),
    Person("דוד", "לוי", "david_levi", (1,)),
    Person("Omar", "Farouk", "omar_farouk", (1,)),
    Person("Priya", "Nair", "priyanair", (1,)),
    Person("Lukas", "Weber", None, (1,)),
    Person("Ольга", "Иванова", "olga_ivanova", (1,)),
    Person("王", "小明", "wang_xiaoming", (1,)),
    Person("Giulia", "Romano", "giulia_romano", (2,)),
    Person("Marco", "Ferri", None, (2,)),
    Person("Tomáš", "Dvořák", "tomas_dvorak", (2,)),
    Person("محمد", "الأحمد", "m_alahmad", (2,)),
    Person("Ingrid", "Solheim", "ingrid_solheim", (2,)),
    Person("Zoë 🚀", "van der Berg", "zoe_vdb", (2,)),
    Person("Standup", None, "standup_bot", (0,), bot=True),
    Person("Invoices", None, "invoices_bot", (1,), bot=True),
    Person("Translate", None, "translate_bot", (2,), bot=True),
)

ROOMS = (
    Room("Launch crew", "group", (0, 1), pinned=True),
    Room("Семья и друзья", "group", (0,)),
    Room("Northwind onboarding", "group", (1,)),
    Room("Viaggio a Lisbona ✈️", "group", (2,)),
    Room("Customer council", "supergroup", (0, 1, 2), "customer_council", size=184),
    Room("Python meetup Berlin", "supergroup", (0,), "py_meetup_berlin", size=2310),
    Room("Support: Blue Harbor", "supergroup", (1,)),
    Room("مجتمع المطورين", "supergroup", (2,), size=5120),
    Room("Product news", "broadcast", (0, 1), "acme_product_news", size=12840),
    Room("Market brief 📈", "broadcast", (1,), "market_brief", size=48210),
    Room("Ricette della nonna", "broadcast", (2,), size=930),
)
OWN_CHANNEL = Room("Maya writes", "broadcast", (0,), "maya_writes", size=61)
