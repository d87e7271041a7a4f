"""Where an import goes that a fix needs."""

from __future__ import annotations

import re

from tree_sitter import Node

from k3ls.semantics import Import, ImportedName, Module
from k3ls.syntax import text
from k3ls.text import Edit, Source

_DIRECTIVE = re.compile(r"#\s*(noqa|type:|pylint:|isort:|pragma|k3ls:|fmt:)", re.IGNORECASE)
_IMPORTS = ("import_statement", "import_from_statement")


def insert_import(module: Module, source: Source, beside: Import, statement: str) -> Edit:
    """The edit that puts the import `statement` into the block where the import `beside` is.

    In a group of sorted imports it takes its place in the order; else it follows `beside`. At
    the module's level it stays behind a statement that sets KERAS_BACKEND.
    """
    node = beside.node
    if not alone_on_line(node, source):
        return Edit(node.end_byte, node.end_byte, f"; {statement}")
    if beside.scope is not module.scope or beside.branch is not None:
        return _after(node, source, statement)
    # Every import that a module needs goes to one place, whichever import asked for it.
    anchor = module.fact("place for imports", _anchor)
    node = node if anchor is None else anchor
    after_backend = module.fact("backend choice", _backend_choice)
    group = _group(module, node)
    if after_backend is not None and after_backend.end_byte > group[0].start_byte:
        later = node if node.start_byte > after_backend.start_byte else after_backend
        return _after(later, source, statement)
    key = _sort_key(statement)
    keys = [_sort_key(text(one)) for one in group]
    if keys == sorted(keys):
        for one, other in zip(group, keys, strict=True):
            if other > key:
                if not alone_on_line(one, source):
                    break
                return Edit(one.start_byte, one.start_byte, statement + source.newline)
        else:
            return _after(group[-1], source, statement)
    return _after(node, source, statement)


def import_anchor(module: Module) -> Node | None:
    """The statement at the module's level that the imports which fixes add go beside: its first
    plain import of TensorFlow that always runs, else the statement with its first import of
    TensorFlow or Keras."""
    anchor = module.fact("place for imports", _anchor)
    if anchor is not None:
        return anchor
    for statement in module.imports:
        names = [path for name in statement.names for path in module.imported(name.binding)]
        if statement.scope is module.scope and any(
            path.split(".")[0] in ("tensorflow", "keras", "tf_keras") for path in names
        ):
            offset = statement.node.start_byte
            return next(one.node for one in module.items if one.node.end_byte > offset)
    return None


def extend_import(statement: Import, name: str) -> Edit:
    """The edit that has `from … import …` import `name` too."""
    last = statement.names[-1].node
    return Edit(last.end_byte, last.end_byte, f", {name}")


def remove_statement(source: Source, node: Node) -> Edit:
    """The edit that takes a statement away with its line.

    A block that has nothing else gets `pass`; on a line shared with others only the statement
    goes; a comment behind it stays, unless it is for a linter.
    """
    block = node.parent
    others = [
        child
        for child in (block.named_children if block is not None else ())
        if child.type != "comment"
    ]
    if block is not None and block.type == "block" and len(others) == 1:
        return Edit(node.start_byte, node.end_byte, "pass")
    if not alone_on_line(node, source):
        following = node.next_sibling
        if following is not None and following.type == ";":
            after = following.next_sibling
            end = after.start_byte if after is not None else following.end_byte
            if after is not None and after.start_point.row == node.start_point.row:
                return Edit(node.start_byte, end, "")
        before = node.prev_sibling
        if before is not None and before.type == ";":
            return Edit(before.start_byte, node.end_byte, "")
        return Edit(node.start_byte, node.end_byte, "pass")
    lines = source.lines
    first, last = lines.line_of(node.start_byte), lines.line_of(node.end_byte)
    start = lines.starts[first]
    end = lines.starts[last + 1] if last + 1 < len(lines.starts) else len(source.data)
    comment = node.next_sibling
    if (
        comment is not None
        and comment.type == "comment"
        and comment.start_byte < end
        and not _DIRECTIVE.match(text(comment))
    ):
        return Edit(node.start_byte, comment.start_byte, "")
    return Edit(start, end, "")


def remove_imported(
    source: Source, statement: Import, names: list[ImportedName]
) -> tuple[Edit, ...]:
    """The edits that take names out of an import statement, or all of it if it has no others."""
    if len(names) == len(statement.names):
        return (remove_statement(source, statement.node),)
    return tuple(remove_names(source, statement, names))


def remove_names(source: Source, statement: Import, names: list[ImportedName]) -> list[Edit]:
    """The edits that take some, not all, of the names out of an import statement.

    A name on a line of its own goes with the line.
    """
    gone = {id(name) for name in names}
    nodes = [name.node for name in statement.names]
    removed = [id(name) in gone for name in statement.names]
    last_kept = max(index for index, away in enumerate(removed) if not away)
    parenthesized = any(child.type == "(" for child in statement.node.children)
    lines = [_own_line(source, node) if parenthesized else None for node in nodes]
    edits: list[Edit] = []
    for index, node in enumerate(nodes[:last_kept]):
        if removed[index]:
            end = nodes[index + 1].start_byte
            edits.append(lines[index] or Edit(node.start_byte, end, ""))
    trailing = [line for line in lines[last_kept + 1 :] if line is not None]
    if len(trailing) == len(nodes) - 1 - last_kept:
        edits += trailing
    else:
        edits.append(Edit(nodes[last_kept].end_byte, nodes[-1].end_byte, ""))
    return edits


def _own_line(source: Source, node: Node) -> Edit | None:
    """The edit that takes away the line of an imported name, None if others share the line."""
    comma = node.next_sibling
    end = comma.end_byte if comma is not None and comma.type == "," else node.end_byte
    lines = source.lines
    line = lines.line_of(node.start_byte)
    start = lines.starts[line]
    rest = source.data[end : start + len(lines.line_bytes(line))].strip()
    if source.data[start : node.start_byte].strip() or (rest and not rest.startswith(b"#")):
        return None
    return Edit(start, lines.starts[line + 1], "")


def alone_on_line(node: Node, source: Source) -> bool:
    """Whether nothing but white space and a comment shares the statement's lines."""
    lines = source.lines
    before = source.data[lines.starts[lines.line_of(node.start_byte)] : node.start_byte]
    last = lines.line_of(node.end_byte)
    end = lines.starts[last] + len(lines.line_bytes(last))
    after = source.data[node.end_byte : end].strip()
    return not before.strip() and (not after or after.startswith(b"#"))


def _after(node: Node, source: Source, statement: str) -> Edit:
    """Insert a line below the node's last line, indented as the node is."""
    lines = source.lines
    line = lines.line_of(node.end_byte)
    start = lines.starts[lines.line_of(node.start_byte)]
    indent = source.data[start : node.start_byte].decode("utf-8", "replace")
    if indent.strip():
        indent = ""
    end = lines.starts[line] + len(lines.line_bytes(line))
    return Edit(end, end, source.newline + indent + statement)


def _group(module: Module, node: Node) -> list[Node]:
    """The run of import statements on neighbouring lines that `node` is in."""
    nodes = [item.node for item in module.items]
    index = next(i for i, one in enumerate(nodes) if one.start_byte == node.start_byte)
    first = last = index
    while first > 0 and _neighbours(nodes[first - 1], nodes[first]):
        first -= 1
    while last + 1 < len(nodes) and _neighbours(nodes[last], nodes[last + 1]):
        last += 1
    return nodes[first : last + 1]


def _neighbours(one: Node, other: Node) -> bool:
    return (
        one.type in _IMPORTS
        and other.type in _IMPORTS
        and other.start_point.row - one.end_point.row <= 1
    )


def _sort_key(statement: str) -> tuple[bool, str]:
    """isort's order: plain imports before `from` imports, each by module."""
    words = statement.split()
    return words[0] == "from", words[1].lower()


def _anchor(module: Module) -> Node | None:
    """The module's first plain import of TensorFlow that always runs."""
    for statement in module.imports:
        plain = not statement.module and statement.names[0].path.split(".")[0] == "tensorflow"
        if plain and statement.scope is module.scope and statement.branch is None:
            return statement.node
    return None


def _backend_choice(module: Module) -> Node | None:
    """The last top-level statement that sets KERAS_BACKEND."""
    found = None
    for item in module.items:
        node = item.node
        if node.type in ("expression_statement", "if_statement") and b"KERAS_BACKEND" in (
            node.text or b""
        ):
            found = node
    return found
