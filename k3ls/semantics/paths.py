"""Paths in the code: what an expression that names a file ends with."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tree_sitter import Node

from k3ls.semantics.module import Module
from k3ls.semantics.scopes import Binding, BindingKind, Scope
from k3ls.syntax import argument_nodes, text, unparenthesized

_DEPTH = 8
# Functions that give the path they are given, and those that put several together.
_SAME = frozenset(("str", "pathlib.Path", "pathlib.PurePath", "os.fspath", "os.path.abspath"))
_JOINED = frozenset(("os.path.join", "tensorflow.io.gfile.join"))
_PLACEHOLDER = re.compile(r"%[-#0 +]*\d*(?:\.\d+)?[a-zA-Z]")


@dataclass(frozen=True, slots=True)
class PathEnd:
    """The end of a path, as far as it is written out.

    Attributes:
        text: what it ends with.
        whole: whether that is all of the last part of the path.
        end: the byte offset behind the last character, or behind the expression that gives the end.
        written: whether the end is written out in a string there.
        binding: the name that holds the path, where the path isn't written in the place itself.
    """

    text: str
    whole: bool
    end: int
    binding: Binding | None = None
    written: bool = True

    def ends_with(self, *suffixes: str) -> bool | None:
        """Whether the path ends in one of the suffixes, None if that can't be told."""
        if self.text.endswith(suffixes):
            return True
        may = any(suffix.endswith(self.text) for suffix in suffixes)
        return None if may and not self.whole else False

    @property
    def suffix(self) -> str:
        """What follows the last dot of the path's last part, with the dot; empty if there is none
        or it isn't written out."""
        name = self.text.rpartition("/")[2]
        stem, dot, last = name.rpartition(".")
        return dot + last if stem or not self.whole else ""


def path_end(module: Module, node: Node, scope: Scope) -> PathEnd | None:
    """The end of the path that an expression gives, None if it isn't written out."""
    binding: Binding | None = None
    for _ in range(_DEPTH):
        if _is_name(node, scope):
            return PathEnd("", True, node.end_byte, binding, written=False)
        node = unparenthesized(node)
        if node.type == "string":
            return _of_string(node, binding)
        if node.type == "concatenated_string":
            node = argument_nodes(node)[-1]
        elif node.type == "identifier":
            bindings = scope.reaching(text(node), node.start_byte)
            if len(bindings) != 1 or bindings[0].kind is not BindingKind.ASSIGNMENT:
                return None
            (found,) = bindings
            if found.value is None or found.item is not None:
                return None
            binding = binding or found
            node, scope = found.value, found.scope
        elif node.type == "binary_operator":
            operator = node.child_by_field_name("operator")
            sides = (node.child_by_field_name("left"), node.child_by_field_name("right"))
            side = sides[operator is not None and text(operator) in ("+", "/")]
            if operator is None or text(operator) not in ("+", "/", "%") or side is None:
                return None
            node = side
        elif node.type == "call":
            inner = _of_call(module, node, scope)
            if inner is None:
                return None
            node = inner
        else:
            return None
    return None


def _is_name(node: Node, scope: Scope) -> bool:
    """Whether an expression gives the name of a class or function, which has no dot."""
    if node.type == "identifier":
        bindings = scope.reaching(text(node), node.start_byte)
        values = [one.value for one in bindings if one.kind is BindingKind.ASSIGNMENT]
        node = values[0] if len(bindings) == 1 and values and values[0] is not None else node
    if node.type == "conditional_expression":
        arms = argument_nodes(node)
        return len(arms) == 3 and all(_is_dunder_name(arm) for arm in (arms[0], arms[2]))
    return _is_dunder_name(node)


def _is_dunder_name(node: Node) -> bool:
    attribute = node.child_by_field_name("attribute")
    return attribute is not None and text(attribute) == "__name__"


def _of_call(module: Module, call: Node, scope: Scope) -> Node | None:
    """The part of a call that its path ends with."""
    function = call.child_by_field_name("function")
    arguments = call.child_by_field_name("arguments")
    given = argument_nodes(arguments) if arguments is not None else []
    if function is None or any(one.type.endswith(("splat", "_argument")) for one in given):
        return None
    attribute = function.child_by_field_name("attribute")
    owner = function.child_by_field_name("object")
    names = module.names_of(function, scope) or (text(function),)
    if names[0] in _JOINED and given:
        return given[-1]
    if names[0] in _SAME and len(given) == 1:
        return given[0]
    if attribute is not None and owner is not None and text(attribute) == "format":
        return owner if owner.type == "string" else None
    return None


def _of_string(node: Node, binding: Binding | None) -> PathEnd | None:
    """The text behind the last part of a string that isn't known."""
    parts = [part for part in node.children if part.type not in ("string_start", "string_end")]
    closing = node.children[-1]
    if closing.type != "string_end":
        return None
    known = ""
    whole = True
    for part in reversed(parts):
        if part.type != "string_content":
            whole = False
            break
        known = text(part) + known
    if "\\" in known:
        return None
    parent = node.parent
    operator = parent.child_by_field_name("operator") if parent is not None else None
    if operator is not None and text(operator) == "%":
        after = _PLACEHOLDER.split(known)
        whole, known = whole and len(after) == 1, after[-1]
    elif parent is not None and parent.type == "attribute":
        whole, known = whole and "}" not in known, known.rpartition("}")[2]
    if parent is not None and operator is not None and text(operator) == "+":
        whole = False
    return PathEnd(known, whole or "/" in known, closing.start_byte, binding)
