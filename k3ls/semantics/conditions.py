"""What a test, `isinstance(layer, Dense)` or `hasattr(optimizer, "lr")`, says of other code.

A test that is part of a condition holds, or fails, in the code that runs only then.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import NamedTuple

from tree_sitter import Node

from k3ls.semantics.module import Module
from k3ls.semantics.scopes import Scope
from k3ls.syntax import argument_nodes, text, unparenthesized

_LEAVING = frozenset("return_statement raise_statement continue_statement break_statement".split())
_COMPREHENSIONS = frozenset(
    "list_comprehension set_comprehension dictionary_comprehension generator_expression".split()
)


class Test(NamedTuple):
    """A stretch of code in which the outcome of `isinstance(subject, argument)` is known.

    Attributes:
        required: whether the code raises with any other outcome.
    """

    subject: str
    argument: Node
    scope: Scope
    start: int
    end: int
    outcome: bool
    required: bool

    def tells_of(self, subject: str, scope: Scope, offset: int) -> bool:
        """Whether it says something of the expression `subject` at a place in `scope`."""
        if subject != self.subject or not self.start <= offset < self.end:
            return False
        # What the name is bound to in between is another value.
        root, _, attribute = subject.partition(".")
        holder = scope.holder(root)
        bindings = list(holder.bindings[root]) if holder is not None else []
        for one in scope.enclosing():
            bindings += one.attributes.get(attribute, ())
        return not any(self.start <= binding.offset < self.end for binding in bindings)


def tests(module: Module, function: str) -> Mapping[str, list[Test]]:
    """The tests that call the builtin `function`, by what they test."""
    return module.fact(f"tests {function}", partial(_tests, function=function))


def _tests(module: Module, function: str) -> Mapping[str, list[Test]]:
    found: dict[str, list[Test]] = {}
    for reference in module.references:
        if reference.names != [function] or reference.call is None:
            continue
        arguments = reference.call.child_by_field_name("arguments")
        given = argument_nodes(arguments) if arguments is not None else []
        if len(given) != 2 or reference.scope.holder(function) is not None:
            continue
        subject = text(unparenthesized(given[0]))
        for stretch in _stretches(reference.call):
            test = Test(subject, given[1], reference.scope, *stretch)
            found.setdefault(subject, []).append(test)
    return found


def _stretches(call: Node) -> Iterator[tuple[int, int, bool, bool]]:
    """The stretches in which a test's outcome is known, the outcome, and if it is required."""
    # The outcome of the test if the condition that it is part of is true, and if it is false.
    if_true: bool | None = True
    if_false: bool | None = False
    node, around = call, call.parent
    while around is not None:
        branches: list[tuple[Node | None, bool | None]] = []
        if around.type == "not_operator":
            if_true, if_false = if_false, if_true
        elif around.type == "boolean_operator":
            operator = around.child_by_field_name("operator")
            is_and = operator is not None and operator.type == "and"
            right = around.child_by_field_name("right")
            branches = [(right, if_true if is_and else if_false)] if node != right else []
            if_true, if_false = (if_true, None) if is_and else (None, if_false)
        elif around.type != "parenthesized_expression":
            branches = _branches(node, around, if_true, if_false)
        for branch, outcome in branches:
            if branch is not None and outcome is not None:
                # A comprehension binds its names where it begins.
                start = branch.start_byte + (branch.type in _COMPREHENSIONS)
                yield start, branch.end_byte, outcome, False
        if around.type in ("assert_statement", "if_statement"):
            yield from _behind(node, around, if_true, if_false)
        if around.type not in ("not_operator", "boolean_operator", "parenthesized_expression"):
            return
        node, around = around, around.parent


def _branches(
    condition: Node, around: Node, if_true: bool | None, if_false: bool | None
) -> list[tuple[Node | None, bool | None]]:
    """The parts of the statement or expression `around` that depend on the condition."""
    if around.type in ("if_statement", "elif_clause"):
        if condition != around.child_by_field_name("condition"):
            return []
        rest = around
        later = around.children_by_field_name("alternative")
        if around.type == "elif_clause" and around.parent is not None:
            rest = around.parent
            later = [
                one
                for one in rest.children_by_field_name("alternative")
                if one.start_byte > around.start_byte
            ]
        consequence = around.child_by_field_name("consequence")
        return [(consequence, if_true), *((one, if_false) for one in later)]
    if around.type == "while_statement" and condition == around.child_by_field_name("condition"):
        return [(around.child_by_field_name("body"), if_true)]
    if around.type == "conditional_expression":
        body, tested, other = (*argument_nodes(around), None, None, None)[:3]
        return [(body, if_true), (other, if_false)] if condition == tested else []
    if around.type == "if_clause" and around.parent is not None:
        whole = around.parent
        return [(whole, if_true)] if whole.type in _COMPREHENSIONS else []
    return []


def _behind(
    condition: Node, statement: Node, if_true: bool | None, if_false: bool | None
) -> Iterator[tuple[int, int, bool, bool]]:
    """The rest of the block behind an `assert`, or an `if` that leaves the block."""
    block = statement.parent
    outcome, required = if_true, True
    if statement.type == "if_statement":
        body = statement.child_by_field_name("consequence")
        last = argument_nodes(body)[-1:] if body is not None else []
        leaves = bool(last) and last[0].type in _LEAVING
        if not leaves or statement.child_by_field_name("alternative") is not None:
            return
        outcome, required = if_false, last[0].type == "raise_statement"
    elif condition != argument_nodes(statement)[0]:
        return
    if block is not None and outcome is not None:
        yield statement.end_byte, block.end_byte, outcome, required


def catches(node: Node, error: str) -> bool:
    """Whether a `try` around the code catches an error by its name."""
    around = node.parent
    while around is not None and around.type not in ("function_definition", "class_definition"):
        body = around.child_by_field_name("body")
        if around.type == "try_statement" and body is not None and node.end_byte <= body.end_byte:
            handlers = [one for one in around.named_children if one.type == "except_clause"]
            if any(error in text(argument_nodes(one)[0]) for one in handlers):
                return True
        around = around.parent
    return False
