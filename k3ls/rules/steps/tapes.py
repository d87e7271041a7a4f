"""What a gradient tape records, as a function that every backend can differentiate."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tree_sitter import Node

from k3ls.rules.context import Context
from k3ls.rules.imports.insertion import alone_on_line
from k3ls.rules.rewriting.rewrite import RefusedError
from k3ls.semantics import Binding, BindingKind, Reference, Scope
from k3ls.syntax import argument_nodes, nodes_of, text, unparenthesized
from k3ls.text import Edit

# What a function that the code is put into would do by itself.
_LEAVING = {
    "return_statement": "the step returns while the tape records",
    "yield": "the step yields while the tape records",
    "delete_statement": "a name is deleted while the tape records",
    "nonlocal_statement": "a name of another function is set while the tape records",
    "global_statement": "a name of the module is set while the tape records",
}

# What lists of variables are called.
_LISTS = re.compile(r"(variables|weights|vars|params|parameters)$")


@dataclass(frozen=True, slots=True)
class Gradient:
    """One call of `tape.gradient`: of the loss with this name, by these variables or tensors."""

    call: Node
    loss: str
    by: Node


@dataclass(frozen=True, slots=True)
class Tape:
    """A `with` statement that records, and the statements of it that count.

    Attributes:
        watched: the tensors that it is told to watch.
        watching: the statements that tell it.
        deleted: the statements that delete it.
        body: the statements up to the first that takes a gradient.
        rest: the statements from there on.
    """

    statement: Node
    gradients: Sequence[Gradient]
    watched: Sequence[str]
    watching: Sequence[Node]
    deleted: Sequence[Node]
    body: Sequence[Node]
    rest: Sequence[Node]

    def holds(self, offset: int) -> bool:
        return self.body[0].start_byte <= offset < self.body[-1].end_byte


def tapes(function: Scope, context: Context) -> Iterator[Node]:
    """The `with` statements that open gradient tapes, in a function itself."""
    for statement in nodes_of(function.node, "with_statement"):
        if any(_is_tape(item, function, context) for item in _items(statement)):
            yield statement


def recorded(statement: Node, function: Scope, me: str, context: Context) -> Iterator[Edit]:
    """The edits that make what the tape records a function, and differentiate that.

    Raises:
        RefusedError: the tape is asked for more than gradients of losses by variables or of a
            value by tensors, or the code can't be a function.
    """
    block = statement.child_by_field_name("body")
    items = _items(statement)
    if function.method_class() is None or block is None:
        raise RefusedError("a tape is in a function inside of the step")
    if not all(_is_tape(item, function, context) for item in items):
        raise RefusedError("something else is opened with the tape")
    if block.start_point.row == statement.start_point.row or block.type != "block":
        raise RefusedError("what the tape records is on one line with it")
    yield from _written(_tape(statement, items, block, function, context), function, me, context)


def _tape(
    statement: Node, items: Sequence[Node], block: Node, function: Scope, context: Context
) -> Tape:
    gradients: list[Gradient] = []
    watched: list[str] = []
    watching: list[Node] = []
    for call, method in _uses(items, statement, function, context):
        if method == "watch":
            (tensor, *_) = [*argument_nodes(call.child_by_field_name("arguments") or call), call]
            told = _statement(call)
            if (
                tensor.type != "identifier"
                or told.named_children[0] != call
                or told.parent != block
            ):
                raise RefusedError("what the tape watches isn't a name")
            watched.append(text(tensor))
            watching.append(told)
        else:
            gradients.append(_gradient(call, statement, function))
    gradients.sort(key=lambda one: one.call.start_byte)
    if not gradients:
        raise RefusedError("no gradient is taken from the tape")
    deleted = list(_deleted(items, gradients[-1].call, function))
    statements = argument_nodes(block)
    first = _statement(gradients[0].call)
    cut = next((i for i, one in enumerate(statements) if one.id == first.id), len(statements))
    inside = first.start_byte < statement.end_byte
    body = [one for one in statements[:cut] if one not in watching]
    if not body or (inside and cut == len(statements)):
        raise RefusedError("a gradient is taken in a block of what the tape records")
    for one in body:
        _check(one)
        nested = [
            inner
            for inner in nodes_of(one, "with_statement")
            if b"GradientTape(" in (inner.text or b"")
        ]
        if any(b".watch(" not in (inner.text or b"") for inner in nested):
            raise RefusedError("a tape records inside of another")
    return Tape(statement, gradients, watched, watching, deleted, body, statements[cut:])


def _deleted(items: Sequence[Node], last: Node, function: Scope) -> Iterator[Node]:
    """The statements that delete the tapes once the last gradient is taken."""
    names = {text(alias) for item in items for alias in nodes_of(item, "as_pattern_target")}
    for statement in nodes_of(function.node, "delete_statement"):
        if statement.start_byte > last.end_byte:
            gone = {text(one) for one in nodes_of(statement, "identifier")}
            if gone <= names:
                yield statement
            elif gone & names:
                raise RefusedError("the tape is deleted with something else")


def _written(tape: Tape, function: Scope, me: str, context: Context) -> Iterator[Edit]:
    statement, gradients = tape.statement, tape.gradients
    losses = [one.loss for one in gradients]
    before = [one for one in _read_first(tape, function, context) if one not in tape.watched]
    values = losses + _needed(tape, function, losses, before, context)
    name = "compute" if losses[0] == "loss" else f"compute_{losses[0]}"
    name = context.free_name(name, function)
    parameters = ", ".join([*tape.watched, *(f"{one}={one}" for one in before)])
    outer = context.indentation(statement)
    inner = context.indentation(tape.body[0])
    yield Edit(statement.start_byte, _colon(statement), f"def {name}({parameters})")
    for one in (*tape.watching, *tape.deleted):
        yield remove_line(one, context)
    for one in tape.body:
        for called in nodes_of(one, "call"):
            if text(called) == "super()" and not _in_function(called, one):
                cls = function.method_class()
                assert cls is not None
                yield Edit(called.start_byte, called.end_byte, f"super({cls.name}, {me})")
    names: list[str] = []
    taken: list[Edit] = []
    for gradient in gradients:
        edit, written = _taken(gradient, names, tape, function, context)
        names.append(written)
        taken.append(edit)
    yield from taken
    if tape.rest:
        yield from _dedented(tape, inner.removeprefix(outer), taken, context)
    value = ", ".join(values)
    target = f"({value})" if len(values) > 1 else value
    place, by = _place(tape, values, function, context)
    method, arguments = _arguments(tape, name, by)
    if tape.watched and gradients[0].by.type == "identifier":
        names = [f"({names[0]},)"]
    call = f"{', '.join([target, *names])} = {me}.{method}("
    newline = context.source.newline
    joined = ", ".join(arguments)
    if len(outer + call + joined) < 100:
        call += f"{joined})"
    else:
        between = f",{newline}{outer}{context.indent}" if len(outer + joined) > 94 else ", "
        joined = between.join(arguments)
        call = newline.join([call, f"{outer}{context.indent}{joined}", f"{outer})"])
    end = _next_line(tape.body[-1], context)
    yield Edit(end, end, newline.join([f"{inner}return {value}", "", ""]))
    yield Edit(place, place, f"{outer}{call}{newline}")


def _place(
    tape: Tape, values: Sequence[str], function: Scope, context: Context
) -> tuple[int, list[str]]:
    """Where it is differentiated, and by what: right behind the tape, as what it calls is built
    then, or where the first gradient is taken, if the variables are only known there."""
    end = _next_line(tape.body[-1], context)
    resolved = [_resolved(one.by, tape, function) for one in tape.gradients]
    by = [one for one in resolved if one is not None]
    if len(by) == len(resolved):
        return end, by
    taken = _statement(tape.gradients[0].call)
    place = context.source.lines.starts[context.source.lines.line_of(taken.start_byte)]
    between = [
        reference
        for name in values
        for reference in _references(name, function, context)
        if end <= reference.offset < place
    ]
    if tape.rest or between or taken.parent != tape.statement.parent:
        raise RefusedError("the variables aren't known yet where the tape ends")
    return place, [" ".join(text(one.by).split()) for one in tape.gradients]


def _arguments(tape: Tape, name: str, by: Sequence[str]) -> tuple[str, list[str]]:
    """The method that differentiates, and what it is given."""
    if tape.watched:
        names = re.split(r",\s*", by[0].strip("[](),")) if len(by) == 1 else []
        if names != tape.watched:
            raise RefusedError("a gradient is taken by something else than what the tape watches")
        return "value_and_slopes", [name, *tape.watched]
    for one in by:
        if re.search(r"^\w+$|\.\w+$", one) and not _LISTS.search(one):
            raise RefusedError(f"`{one}` may be no list of variables")
    return "value_and_gradients", [name, *(f"lambda: {one}" for one in by)]


def _dedented(tape: Tape, extra: str, taken: Sequence[Edit], context: Context) -> Iterator[Edit]:
    """The edits that take the statements behind the first gradient out of the `with`."""
    if any(one.start_point.row != one.end_point.row for one in _strings(tape.rest)):
        raise RefusedError("a string of several lines is in what the tape records")
    lines = context.source.lines
    first = lines.line_of(tape.body[-1].end_byte) + 1
    for line in range(first, lines.line_of(tape.rest[-1].end_byte) + 1):
        start = lines.starts[line]
        edit = Edit(start, start + len(extra), "")
        if lines.line_bytes(line).strip() and not any(edit.touches(one) for one in taken):
            yield edit


def _strings(statements: Sequence[Node]) -> Iterator[Node]:
    for statement in statements:
        yield from nodes_of(statement, "string")


def _items(statement: Node) -> list[Node]:
    return [
        item
        for clause in statement.named_children
        if clause.type == "with_clause"
        for item in nodes_of(clause, "with_item")
    ]


def _is_tape(item: Node, function: Scope, context: Context) -> bool:
    value = item.child_by_field_name("value")
    call = value.named_children[0] if value is not None and value.type == "as_pattern" else value
    callee = call.child_by_field_name("function") if call is not None else None
    if callee is None or call is None or call.type != "call":
        return False
    return "tensorflow.GradientTape" in context.module.names_of(callee, function)


def _check(statement: Node) -> None:
    for kind, reason in _LEAVING.items():
        for node in nodes_of(statement, kind):
            if not _in_function(node, statement):
                raise RefusedError(reason)
    for kind in ("break_statement", "continue_statement"):
        for node in nodes_of(statement, kind):
            if not _in_function(node, statement, ("for_statement", "while_statement")):
                raise RefusedError("a loop is left while the tape records")


def _in_function(node: Node, statement: Node, kinds: Sequence[str] = ()) -> bool:
    around: Node | None = node
    while around is not None and around.start_byte >= statement.start_byte:
        if around.type in ("function_definition", "lambda", "class_definition", *kinds):
            return True
        around = around.parent
    return False


def _uses(
    items: Sequence[Node], statement: Node, function: Scope, context: Context
) -> Iterator[tuple[Node, str]]:
    """The calls of the tapes' methods `gradient` and `watch`, with which it is."""
    for item in items:
        value = item.child_by_field_name("value")
        call = value.named_children[0] if value is not None else None
        alias = value.child_by_field_name("alias") if value is not None else None
        arguments = call.child_by_field_name("arguments") if call is not None else None
        given = [text(one) for one in argument_nodes(arguments)] if arguments is not None else []
        if alias is None or any(not one.startswith(("persistent", "True")) for one in given):
            raise RefusedError("the tape is told what to watch")
        for reference in _references(text(alias), function, context):
            reached = [
                one
                for one in function.reaching(text(alias), reference.offset)
                if one.kind is not BindingKind.DELETE
            ]
            if not any(_within(one.node, item) for one in reached):
                continue
            if len(reached) > 1:
                raise RefusedError(f"`{text(alias)}` may be one of several tapes")
            method = reference.names[-1]
            known = len(reference.names) == 2 and method in ("gradient", "watch")
            if not known or reference.call is None:
                what = ".".join(reference.names[:2])
                raise RefusedError(f"the tape is used for more than gradients of a loss: `{what}`")
            yield reference.call, method


def _gradient(call: Node, statement: Node, function: Scope) -> Gradient:
    arguments = call.child_by_field_name("arguments")
    given = {}
    nodes = argument_nodes(arguments) if arguments is not None else []
    for place, node in zip(("target", "sources"), nodes, strict=False):
        keyword = node.child_by_field_name("name") if node.type == "keyword_argument" else None
        given[text(keyword) if keyword is not None else place] = (
            node.child_by_field_name("value") if keyword is not None else node
        )
    loss, by = given.get("target"), given.get("sources")
    if loss is None or by is None or len(nodes) != 2:
        raise RefusedError("a gradient is asked for in another way than by loss and variables")
    loss = unparenthesized(loss)
    reached = function.reaching(text(loss), loss.start_byte) if loss.type == "identifier" else []
    if not reached or not all(_within(one.node, statement) for one in reached):
        raise RefusedError("a gradient is taken of something that isn't a name set by the tape")
    if _statement(call).type not in ("expression_statement", "return_statement"):
        raise RefusedError("a gradient is taken in another statement than an assignment or a call")
    return Gradient(call, text(loss), by)


def _taken(
    gradient: Gradient, names: list[str], tape: Tape, function: Scope, context: Context
) -> tuple[Edit, str]:
    """The edit of the place where a gradient is taken, and the name that the gradient has now."""
    call, whole = gradient.call, _statement(gradient.call)
    assignment = whole.named_children[0]
    target = assignment.child_by_field_name("left") if assignment.type == "assignment" else None
    if target is not None and target.type == "identifier" and call.parent == assignment:
        name = text(target)
        set_before = [
            one
            for one in function.bindings.get(name, ())
            if tape.statement.start_byte < one.node.start_byte < call.start_byte
            and one.node.start_byte != target.start_byte
        ]
        blocks = (tape.statement.parent, tape.statement.child_by_field_name("body"))
        if name not in names and not set_before and whole.parent in blocks:
            return remove_line(whole, context), name
    name = "gradients"
    taken = {*names, *function.bindings}
    while name in taken:
        stem, _, number = name.partition("_")
        name = f"{stem}_{int(number or 1) + 1}"
    return Edit(call.start_byte, call.end_byte, name), name


def remove_line(statement: Node, context: Context) -> Edit:
    """The edit that takes a statement away; a comment behind it stays."""
    if b"#" in (statement.text or b""):
        raise RefusedError("a comment inside of a statement would be lost")
    if not alone_on_line(statement, context.source):
        raise RefusedError("a gradient is taken on a line with something else")
    lines = context.source.lines
    start = lines.starts[lines.line_of(statement.start_byte)]
    end = lines.starts[lines.line_of(statement.end_byte) + 1]
    rest = context.source.data[statement.end_byte : end].lstrip()
    if rest:
        return Edit(statement.start_byte, end - len(rest), "")
    return Edit(start, end, "")


def _resolved(by: Node, tape: Tape, function: Scope) -> str | None:
    """The variables as they can be told right behind the tape, None where they can't."""
    for _ in range(4):
        later = [
            one
            for used in nodes_of(by, "identifier")
            if used.parent is None
            or used.parent.type != "attribute"
            or used.parent.child_by_field_name("object") == used
            for one in function.reaching(text(used), used.start_byte)
            if one.scope is function and one.node.start_byte >= tape.statement.start_byte
        ]
        if not later:
            return " ".join(text(by).split())
        plain = by.type == "identifier" and len(later) == 1
        value = later[0].value if later[0].item is None else None
        if not plain or value is None or later[0].kind is not BindingKind.ASSIGNMENT:
            break
        if value.type == "list" or text(value) == "list()":
            # What is appended to it afterwards would be lost.
            break
        by = value
    return None


def _needed(
    tape: Tape, function: Scope, losses: Sequence[str], before: Sequence[str], context: Context
) -> list[str]:
    """The names that the tape's code sets and the rest of the function reads; in a loop also those
    that the code reads the next time."""
    branch = function.branch_at(tape.statement.start_byte)
    again = before if branch is not None and branch.in_loop() else ()
    found: list[str] = []
    for name, bindings in function.bindings.items():
        inside = [one for one in bindings if tape.holds(one.node.start_byte)]
        if not inside or name in losses:
            continue
        read = [
            reference
            for reference in _references(name, function, context)
            if not tape.holds(reference.offset)
            and any(one in inside for one in _reaching(name, reference, function))
        ]
        if read or name in again:
            found.append(name)
    for name in (*losses, *found):
        if name not in before and not any(_sets(one, name) for one in tape.body):
            raise RefusedError(f"`{name}` isn't always set while the tape records")
    return sorted(found, key=lambda name: function.bindings[name][0].offset)


def _reaching(name: str, reference: Reference, function: Scope) -> list[Binding]:
    if reference.scope.holder(name) is not function:
        return []
    return reference.scope.reaching(name, reference.offset)


def _read_first(tape: Tape, function: Scope, context: Context) -> list[str]:
    """The names that the tape's code sets, and reads or leaves as they were before."""
    found = []
    for name, bindings in function.bindings.items():
        inside = [one for one in bindings if tape.holds(one.node.start_byte)]
        offsets = [one.node.start_byte for one in inside if one.kind is BindingKind.AUGMENTED]
        offsets += [
            reference.offset
            for reference in _references(name, function, context)
            if tape.holds(reference.offset)
        ]
        if not inside:
            continue
        if not any(_sets(one, name) for one in tape.body):
            offsets.append(tape.statement.start_byte)
        if any(
            not tape.holds(one.node.start_byte)
            for offset in offsets
            for one in function.reaching(name, offset)
        ):
            found.append(name)
    return found


def _sets(statement: Node, name: str) -> bool:
    """Whether a statement always sets a name."""
    if statement.type == "raise_statement":
        return True
    if statement.type == "if_statement":
        branches = [statement.child_by_field_name("consequence")]
        branches += [
            one.child_by_field_name("consequence") or one.child_by_field_name("body")
            for one in statement.named_children
            if one.type in ("elif_clause", "else_clause")
        ]
        has_else = any(one.type == "else_clause" for one in statement.named_children)
        return has_else and all(one is not None and _sets(one, name) for one in branches)
    if statement.type == "with_statement":
        inner = statement.child_by_field_name("body")
        return inner is not None and _sets(inner, name)
    if statement.type == "block":
        return any(_sets(one, name) for one in statement.named_children)
    if statement.type != "expression_statement":
        return False
    assignment = statement.named_children[0]
    while assignment.type in ("assignment", "augmented_assignment"):
        left, right = assignment.child_by_field_name("left"), assignment
        if left is not None and any(text(one) == name for one in _targets(left)):
            return True
        value = right.child_by_field_name("right")
        if value is None:
            return False
        assignment = value
    return False


def _targets(node: Node) -> Iterator[Node]:
    if node.type in ("pattern_list", "tuple_pattern", "list_pattern", "list_splat_pattern"):
        for one in argument_nodes(node):
            yield from _targets(one)
    else:
        yield node


def _references(name: str, function: Scope, context: Context) -> list[Reference]:
    return [
        reference
        for reference in context.module.references
        if reference.names[0] == name and function in reference.scope.enclosing()
    ]


def _within(node: Node, outer: Node) -> bool:
    return outer.start_byte <= node.start_byte < outer.end_byte


def _statement(node: Node) -> Node:
    while node.parent is not None and node.parent.type not in ("block", "module"):
        node = node.parent
    return node


def _next_line(node: Node, context: Context) -> int:
    return context.source.lines.starts[context.source.lines.line_of(node.end_byte) + 1]


def _colon(statement: Node) -> int:
    return next(child.start_byte for child in statement.children if child.type == ":")
