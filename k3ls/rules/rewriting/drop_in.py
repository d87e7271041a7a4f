"""Writing a class that Keras 3 lacks into the module that uses it."""

from __future__ import annotations

import re

from tree_sitter import Node

from k3ls.knowledge.drop_ins import drop_in
from k3ls.knowledge.symbols import canonical, symbol
from k3ls.rules.context import Context, NoNameError
from k3ls.rules.imports.insertion import alone_on_line, import_anchor, remove_imported
from k3ls.rules.rewriting.rewrite import RefusedError
from k3ls.semantics import BindingKind, Module, Scope
from k3ls.syntax import text
from k3ls.text import Edit


def dropped_in(kind: str, name: str, use: Node, scope: Scope, context: Context) -> list[Edit]:
    """The edits that give the module the class `name` of the drop-in `kind`, for `use` in `scope`.

    The imports of a name of the drop-in go with them. There are none if the module has it already.

    Raises:
        NoNameError: a name means something else.
        RefusedError: there is no place for the class.
    """
    for around in scope.enclosing():
        if around is not context.module.scope and name in around.bindings:
            raise NoNameError(f"`{name}` means something else here")
    source = drop_in(kind)
    names = re.findall(r"^class (\w+)", source, re.MULTILINE)
    if _is_there(source, names, context.module):
        return []
    place = _place(context.module)
    if place is None or place.start_byte > use.start_byte or not _begins(place, context):
        raise RefusedError("there is no place for a class after the imports")
    keras = context.name_at("keras", place, context.module.scope)
    newline = context.source.newline
    above = context.source.data[: place.start_byte]
    blank = 3 - above[len(above.rstrip()) :].count(newline.encode())
    written = re.sub(r"\bkeras\.", f"{keras.source}.", source).replace("\n", newline)
    written = newline * max(blank, 0) + written + newline * 2
    edits = [Edit(place.start_byte, place.start_byte, written)]
    return edits + _import_edits(kind, names, list(keras.edits), context)


def _is_there(source: str, names: list[str], module: Module) -> bool:
    """Whether the module has all the classes already, as a fix wrote them."""
    for name in names:
        bindings = module.scope.bindings.get(name, ())
        classes = [one.inner for one in bindings if one.kind is BindingKind.CLASS]
        if len(classes) != len(bindings) or not classes or classes[0] is None:
            return False
        # Keras may have another name in this module.
        pattern = re.escape(text(classes[0].node)).replace("keras", r"\w+")
        if re.search(pattern, source) is None:
            return False
    return True


def _place(module: Module) -> Node | None:
    """The first statement, or comment above it, after the imports of Keras and those that follow
    them."""
    anchor = import_anchor(module)
    place = None
    for item in module.items:
        if anchor is None or item.node.start_byte <= anchor.start_byte:
            continue
        if item.node.type not in ("import_statement", "import_from_statement"):
            place = item.node
            break
    above = place.prev_sibling if place is not None else None
    while (
        place is not None
        and above is not None
        and above.type == "comment"
        and above.start_point.column == 0
        and above.end_point.row == place.start_point.row - 1
    ):
        place, above = above, above.prev_sibling
    return place


def _begins(node: Node, context: Context) -> bool:
    return node.start_point.column == 0 and (
        node.type == "comment" or alone_on_line(node, context.source)
    )


def _import_edits(
    kind: str, names: list[str], importing: list[Edit], context: Context
) -> list[Edit]:
    """The edits that take the names out of the module's imports, with those of `importing`."""
    module = context.module
    edits: list[Edit] = []
    for name in names:
        if any(one.kind is not BindingKind.IMPORT for one in module.scope.bindings.get(name, ())):
            raise NoNameError(f"`{name}` means something else here")
    for statement in module.imports:
        imported = [one for one in statement.names if one.binding.name in names]
        if not imported or statement.scope is not module.scope:
            continue
        if statement.branch is not None:
            raise NoNameError(f"`{imported[0].binding.name}` is imported under a condition")
        if any(_drop_in(one.binding.target or "") != kind for one in imported):
            raise NoNameError(f"`{imported[0].binding.name}` means something else here")
        if importing and len(imported) == len(statement.names):
            # What is imported instead takes the statement's place.
            node = statement.node
            edits.append(Edit(node.start_byte, node.end_byte, importing.pop().text.strip()))
        else:
            edits += remove_imported(context.source, statement, imported)
    return edits + importing


def _drop_in(name: str) -> str | None:
    path = canonical(name)
    found = symbol(path) if path is not None else None
    return found.drop_in if found is not None else None
