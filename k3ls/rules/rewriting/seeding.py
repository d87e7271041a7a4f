"""What else `keras.utils.set_random_seed` seeds."""

from __future__ import annotations

from tree_sitter import Node

from k3ls.rules.context import Context
from k3ls.rules.imports.insertion import alone_on_line
from k3ls.rules.rewriting.rewrite import RefusedError
from k3ls.semantics import Reference
from k3ls.syntax import argument_nodes, text
from k3ls.text import Edit

_SEEDING = frozenset(("numpy.random.seed", "random.seed"))


def reseeding(reference: Reference, context: Context) -> list[Edit]:
    """The edits that seed NumPy and Python as they were, behind a call that seeds everything.

    Raises:
        RefusedError: numbers have been drawn from them since they were seeded.
    """
    call = reference.call
    statement = call.parent if call is not None else None
    if call is None or statement is None or statement.type != "expression_statement":
        return []
    seed = _seed(call)
    above = _seedings_above(statement, reference, context)
    if _is_seeded_before(reference, {one.id for one in above}, context):
        raise RefusedError("`keras.utils.set_random_seed` would seed NumPy or Python anew")
    different = [text(one) for one in reversed(above) if _seed(one) != seed]
    if not different:
        return []
    if not alone_on_line(statement, context.source):
        raise RefusedError("`keras.utils.set_random_seed` seeds NumPy and Python too")
    before = context.source.newline + context.indentation(statement)
    lines = context.source.lines
    line = lines.line_of(statement.end_byte)
    end = lines.starts[line] + len(lines.line_bytes(line))
    return [Edit(end, end, "".join(f"{before}{one}" for one in different))]


def _seed(call: Node) -> str:
    arguments = call.child_by_field_name("arguments")
    given = argument_nodes(arguments) if arguments is not None else []
    value = given[0].child_by_field_name("value") or given[0] if given else None
    return text(value) if value is not None else ""


def _seedings_above(statement: Node, reference: Reference, context: Context) -> list[Node]:
    """The calls right above that seed NumPy or Python, from which nothing was drawn yet."""
    found = []
    above = statement.prev_named_sibling
    while above is not None:
        inner = above.named_children[0] if above.type == "expression_statement" else None
        if inner is not None and inner.type == "call":
            function = inner.child_by_field_name("function")
            names = context.module.names_of(function, reference.scope) if function else ()
            if _SEEDING.isdisjoint(names):
                break
            found.append(inner)
        elif above.type != "comment" and (inner is None or not _sets_environment(inner)):
            break
        above = above.prev_named_sibling
    return found


def _sets_environment(node: Node) -> bool:
    return node.type == "assignment" and text(node).startswith("os.environ[")


def _is_seeded_before(reference: Reference, known: set[int], context: Context) -> bool:
    """Whether other code before a call, which may have run, seeds NumPy or Python."""
    around = {id(one) for one in reference.scope.enclosing()}
    return any(
        not _SEEDING.isdisjoint(context.module.qualified(other))
        for other in context.module.references
        if other.call is not None
        and other.call.id not in known
        and other.offset < reference.offset
        and id(other.scope) in around
    )
