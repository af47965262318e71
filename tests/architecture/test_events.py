"""Every kind of journal entry is known: what the log shows, what docs/activity.md explains, what filters offer."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from chalicelib.kernel.events import OF_PEOPLE, OF_WORKSPACES
from tests.architecture.tree import python_files

KIND = re.compile(r"[a-z_]+\.[a-z_]+")


def recorded() -> set[str]:
    """Every kind that some change in the code says it is."""
    return {kind for path in python_files("chalicelib") for kind in kinds_in(path)}


def kinds_in(path: Path) -> Iterator[str]:
    """Those of one file: written out where a change is recorded, or anywhere in the file where it is a variable."""
    tree = ast.parse(path.read_text())
    named = dict(_named_texts(tree))
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        if isinstance(call.func, ast.Attribute) and call.func.attr == "record" and call.args:
            text = _text(call.args[0], named)
            yield from [text] if text is not None else _texts_besides(tree, named)


def _named_texts(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """The module's constants that are a text: `PURGE: Final = "column.purge"`."""
    for node in tree.body:
        match node:
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.Constant(value=str() as text)):
                yield name, text


def _text(node: ast.AST, named: dict[str, str]) -> str | None:
    match node:
        case ast.Constant(value=str() as text):
            return text
        case ast.JoinedStr(values=parts):
            return "".join(_text(part, named) or "" for part in parts)
        case ast.FormattedValue(value=ast.Name(id=name)) | ast.Name(id=name):
            return named.get(name)
        case _:
            return None


def _texts_besides(tree: ast.Module, named: dict[str, str]) -> Iterator[str]:
    """Texts that look like a kind, but for the names of due work and of lines in the log."""
    others = {*named.values(), *_log_lines(tree)}
    texts = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
    yield from (text for text in texts if isinstance(text, str) and KIND.fullmatch(text) and text not in others)


def _log_lines(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id="log")), args=[ast.Constant(value=str() as line), *_]):
                yield line


def test_every_kind_that_is_recorded_is_known_and_every_known_one_is_recorded() -> None:
    """Where this fails: say in chalicelib/kernel/events.py what the new kind means, and `make openapi`."""
    known = {*OF_WORKSPACES, *OF_PEOPLE}
    assert recorded() - known == set()
    assert known - recorded() == set()


def test_a_kind_stands_in_one_of_the_two_logs() -> None:
    assert OF_WORKSPACES.keys() & OF_PEOPLE.keys() == set()


def test_a_kind_is_a_noun_and_what_was_done_to_it() -> None:
    assert [kind for kind in (*OF_WORKSPACES, *OF_PEOPLE) if not KIND.fullmatch(kind)] == []


def test_every_kind_is_explained_in_a_sentence() -> None:
    sentences = (*OF_WORKSPACES.values(), *OF_PEOPLE.values())
    assert [text for text in sentences if not (text[0].isupper() and text.endswith("."))] == []
