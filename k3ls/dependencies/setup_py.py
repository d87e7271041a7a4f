"""`setup.py`: what is given to `setup()`, read and never run."""

from __future__ import annotations

from tree_sitter import Node

from k3ls.dependencies.project_file import Reading
from k3ls.semantics import BindingKind, Module
from k3ls.syntax import argument_nodes, parse, string_value, text, unparenthesized

_LISTS = frozenset(("install_requires", "setup_requires", "tests_require", "extras_require"))
_VALUES = (BindingKind.ASSIGNMENT, BindingKind.AUGMENTED)
_DEPTH = 8


def read(found: Reading) -> None:
    module = Module(parse(found.data))
    reader = _Reader(found, module)
    for item in module.items:
        for call, _ in item.calls:
            function = call.child_by_field_name("function")
            arguments = call.child_by_field_name("arguments")
            if function is None or arguments is None:
                continue
            if text(function).rpartition(".")[2] != "setup":
                continue
            for argument in argument_nodes(arguments):
                name = argument.child_by_field_name("name")
                value = argument.child_by_field_name("value")
                if argument.type == "dictionary_splat":
                    found.complete = False
                elif name is not None and value is not None and text(name) in _LISTS:
                    reader.read(value, text(name), text(name) == "install_requires", _DEPTH)


class _Reader:
    def __init__(self, found: Reading, module: Module) -> None:
        self.found = found
        self.module = module
        self.seen: set[int] = set()

    def read(
        self, node: Node, section: str, main: bool, depth: int, item: Node | None = None
    ) -> None:
        """Take every requirement that an expression can hold; `item` is what it is in a list."""
        node = unparenthesized(node)
        if depth == 0 or node.id in self.seen:
            return
        self.seen.add(node.id)
        if node.type in ("string", "concatenated_string"):
            self.string(node, section, main, item)
        elif node.type in ("list", "tuple", "set"):
            for child in argument_nodes(node):
                self.read(child, section, main, depth - 1, child)
        elif node.type == "dictionary":
            for pair in argument_nodes(node):
                key, value = pair.child_by_field_name("key"), pair.child_by_field_name("value")
                if key is not None and value is not None:
                    extra = f"{section}.{string_value(key) or text(key)}"
                    self.read(value, extra, main, depth - 1)
        elif node.type == "conditional_expression":
            for part in argument_nodes(node)[::2]:
                self.read(part, section, main, depth - 1, item)
        elif node.type in ("binary_operator", "augmented_assignment"):
            parts = argument_nodes(node)
            if any("string" in part.type for part in parts):
                # A requirement that is put together.
                self.found.complete = False
                return
            for part in parts:
                self.read(part, section, main, depth - 1)
        elif node.type == "identifier":
            self.name(text(node), section, main, depth - 1, item)
        else:
            self.found.complete = False

    def name(self, name: str, section: str, main: bool, depth: int, item: Node | None) -> None:
        """Take what a module-level name can hold."""
        bindings = self.module.scope.bindings.get(name, [])
        for binding in bindings:
            if binding.kind in _VALUES and binding.value is not None:
                self.read(binding.value, section, main, depth, item)
            else:
                self.found.complete = False
        if not bindings:
            self.found.complete = False

    def string(self, node: Node, section: str, main: bool, item: Node | None) -> None:
        written = text(node)
        quote = written[:1]
        if string_value(node) != written[1:-1] or quote not in ("'", '"'):
            self.found.complete = False
            return
        neighbour = None
        if item is not None:
            neighbour = self.found.before(item.start_byte, quote, f"{quote},")
        place = node.start_byte + 1
        self.found.require(place, written[1:-1].encode(), section, main=main, neighbour=neighbour)
