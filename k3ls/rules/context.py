"""What a rule can ask about the module it looks at, and the names it may write there."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from itertools import chain, count

from tree_sitter import Node

from k3ls.knowledge.symbols import canonical
from k3ls.rules.finding import Applicability, Fix
from k3ls.rules.imports.insertion import extend_import, insert_import
from k3ls.semantics import (
    Binding,
    BindingKind,
    Import,
    Kind,
    Module,
    Reference,
    Scope,
    defines,
    kind_of,
)
from k3ls.settings import Settings
from k3ls.syntax import text
from k3ls.text import Edit, Source, merged


@dataclass(frozen=True, slots=True)
class Name:
    """What a Keras path is written as at some place, and the import that this needs."""

    source: str
    edits: tuple[Edit, ...] = ()


class NoNameError(Exception):
    """There is no way to write a name at a place; the message says why, for a user."""


class Names:
    """Writes Keras paths in place of a reference, and keeps what that takes.

    Attributes:
        written: what they are written as, in order.
    """

    def __init__(self, context: Context, reference: Reference) -> None:
        self.written: list[str] = []
        self._edits: dict[Edit, None] = {}
        self._context = context
        self._reference = reference

    def __call__(self, path: str) -> str:
        """How `path` is written.

        Raises:
            NoNameError: as `Context.name` does.
        """
        name = self._context.name(path, self._reference)
        self.written.append(name.source)
        self._edits.update(dict.fromkeys(name.edits))
        return name.source

    @property
    def imports(self) -> list[Edit]:
        """The edits that import what the names need."""
        return merged(self._edits)


def _names_of_keras(module: Module) -> set[str]:
    """The names that some import of the module binds to Keras or a part of it."""
    return {
        name.binding.name
        for statement in module.imports
        for name in statement.names
        if any(canonical(path) is not None for path in module.imported(name.binding))
    }


class Context:
    """One module under examination.

    Attributes:
        is_package_init: whether it is an `__init__.py`, whose imports are there for others.
    """

    def __init__(
        self, module: Module, source: Source, settings: Settings, is_package_init: bool = False
    ) -> None:
        self.module = module
        self.source = source
        self.settings = settings
        self.is_package_init = is_package_init

    def name(self, path: str, reference: Reference) -> Name:
        """How `path` (`keras.ops.mean`) is written in place of `reference`.

        A name that the file already has for it, or for a package that holds it, is taken: for
        an op the nearest (`ops`), for others `keras` where there is one. Without any, the import
        that is needed comes with it, next to the import that gave the reference its meaning.

        Raises:
            NoNameError: `keras` means something else there.
        """
        found = self._visible(path, reference)
        if found is not None:
            return found
        neighbour = self._neighbour(reference)
        statement = self._statement(neighbour) if neighbour is not None else None
        if statement is None:
            raise NoNameError("it isn't clear where `keras` would have to be imported")
        parent, _, last = path.rpartition(".")
        if statement.module and canonical(statement.module) == parent:
            self._check_free(last, reference)
            return Name(last, (extend_import(statement, last),))
        if path.startswith("keras.ops.") and self.settings.ops_style == "ops":
            self._check_free("ops", reference)
            edit = insert_import(self.module, self.source, statement, "from keras import ops")
            return Name(path.removeprefix("keras."), (edit,))
        self._check_free("keras", reference)
        edit = insert_import(self.module, self.source, statement, "import keras")
        return Name(path, (edit,))

    def name_at(self, path: str, node: Node, scope: Scope) -> Name:
        """How `path` is written at `node`, an expression evaluated in `scope`.

        Raises:
            NoNameError: as `name` does.
        """
        return self.name(path, Reference([""], [node], scope, None, node.start_byte))

    def renaming(
        self, node: Node, path: str, reference: Reference, applicability: Applicability
    ) -> Fix:
        """The fix that writes `path` in place of `node`, which is the reference or its beginning.

        Raises:
            NoNameError: as `name` does.
        """
        name = self.name(path, reference)
        edits = (Edit(node.start_byte, node.end_byte, name.source), *name.edits)
        return Fix(f"Replace with `{name.source}`", edits, applicability)

    def _visible(self, path: str, reference: Reference) -> Name | None:
        """The best name for `path` among those that are bound where the reference is."""
        found: list[tuple[str, str]] = []
        for name in self.module.fact("names of Keras", _names_of_keras):
            bound = self._keras_path(name, reference)
            if bound is None:
                continue
            # A bare name replaces only a bare name: `tf.keras.layers.Dense` keeps a prefix.
            bare = path == bound and len(reference.names) == 1
            if bare or path.startswith(bound + "."):
                found.append((name, bound))
        if path.startswith("keras.ops.") and self.settings.ops_style != "auto":
            wanted = "keras.ops" if self.settings.ops_style == "ops" else "keras"
            found = [one for one in found if one[1] == wanted]
        if not found:
            return None
        prefix = ".".join(reference.names[:-1])

        def rank(one: tuple[str, str]) -> tuple[bool, bool, int, str]:
            name, bound = one
            as_named = name == bound.rpartition(".")[2]
            plain = bound == "keras" and not path.startswith("keras.ops.")
            return prefix != name, not (plain and as_named), -len(bound), name

        name, bound = min(found, key=rank)
        return Name(name + path[len(bound) :])

    def _keras_path(self, name: str, reference: Reference) -> str | None:
        """The path that a name, read where `reference` is, has in Keras 3; None for others."""
        holder = reference.scope.holder(name)
        if holder is None:
            return None
        bindings = reference.scope.reaching(name, reference.offset)
        if not bindings or any(one.kind is not BindingKind.IMPORT for one in bindings):
            return None
        targets = [path for one in bindings for path in self.module.imported(one)]
        paths = {canonical(path) for path in targets if not path.startswith("tf_keras")}
        return paths.pop() if len(paths) == 1 else None

    def _check_free(self, name: str, reference: Reference) -> None:
        for scope in reference.scope.enclosing():
            bindings = scope.bindings.get(name, ())
            if any(not self._is_keras(one) for one in bindings):
                raise NoNameError(f"`{name}` means something else here")

    def _is_keras(self, binding: Binding) -> bool:
        return binding.kind is BindingKind.IMPORT and any(
            canonical(path) is not None and not path.startswith("tf_keras")
            for path in self.module.imported(binding)
        )

    def _neighbour(self, reference: Reference) -> Binding | None:
        """The import that a new one for the reference goes beside: its origin, else the module's
        first import of TensorFlow or Keras.

        An origin inside a function gives way to one at the module's level: a name imported into a
        function is unbound there before the import, whatever it means outside.
        """
        origin = self.origin(reference)
        if origin is not None and origin.scope is self.module.scope:
            return origin
        outside = [
            (name.binding, statement.branch)
            for statement in self.module.imports
            if statement.scope is self.module.scope
            for name in statement.names
            if (name.binding.target or "").split(".")[0] in ("tensorflow", "keras")
        ]
        always = [binding for binding, branch in outside if branch is None]
        if origin is not None:
            return always[0] if always else origin
        return outside[0][0] if outside else None

    def origin(self, reference: Reference) -> Binding | None:
        """The import that gives the reference's first name its meaning, also through names that
        it was assigned to; None if it is no import."""
        name, scope, offset = reference.names[0], reference.scope, reference.offset
        for _ in range(12):
            bindings = scope.reaching(name, offset)
            imported = [one for one in bindings if one.kind is BindingKind.IMPORT]
            if imported:
                return imported[0]
            values = [one for one in bindings if one.value is not None]
            if len(values) != 1:
                return None
            root = values[0].value
            while root is not None and root.type == "attribute":
                root = root.child_by_field_name("object")
            if root is None or root.type != "identifier" or root.text is None:
                return None
            name, scope, offset = root.text.decode(), values[0].scope, root.start_byte
        return None

    def _statement(self, binding: Binding) -> Import | None:
        for statement in self.module.imports:
            if any(name.binding is binding for name in statement.names):
                return statement
        return None

    def tensorflow(self, scope: Scope, offset: int) -> str | None:
        """The name that TensorFlow has at byte `offset` in `scope`, None if it has none there."""
        for statement in self.module.imports:
            for name in statement.names:
                if name.binding.target == "tensorflow":
                    bindings = scope.reaching(name.binding.name, offset)
                    if bindings and all(one.target == "tensorflow" for one in bindings):
                        return name.binding.name
        return None

    def library(self, library: str, scope: Scope, offset: int) -> Name:
        """How a module of Python's own library is written at byte `offset` in `scope`.

        Raises:
            NoNameError: its name means something else there.
        """
        beside = None
        for statement in self.module.imports:
            for name in statement.names:
                if name.binding.target == library:
                    bindings = scope.reaching(name.binding.name, offset)
                    if bindings and all(one.target == library for one in bindings):
                        return Name(name.binding.name)
            at_top = statement.scope is self.module.scope and statement.branch is None
            if beside is None and at_top and statement.module != "__future__":
                beside = statement
        if beside is None or scope.holder(library) is not None:
            raise NoNameError(f"`{library}` can't be imported here")
        edit = insert_import(self.module, self.source, beside, f"import {library}")
        return Name(library, (edit,))

    def free_name(self, name: str, scope: Scope) -> str:
        """`name`, or the first of `name_2`, `name_3`, … that means nothing in `scope`."""
        taken = {reference.names[0] for reference in self.module.references}
        taken.update(one for around in scope.enclosing() for one in around.bindings)
        numbered = (f"{name}_{number}" for number in count(2))
        return next(one for one in chain([name], numbered) if one not in taken)

    def written(self, node: Node) -> str:
        """The source of `node` with the line ends that it has; the tree knows line feeds alone."""
        return self.source.data[node.start_byte : node.end_byte].decode()

    def indentation(self, node: Node) -> str:
        """The white space before the statement `node`, which begins its line."""
        start = self.source.lines.starts[self.source.lines.line_of(node.start_byte)]
        return self.source.data[start : node.start_byte].decode()

    @property
    def indent(self) -> str:
        """What the module indents the first of its blocks with."""
        for item in self.module.items:
            for scope in item.scopes:
                body = scope.node.child_by_field_name("body")
                if body is not None and body.type == "block":
                    inner = self.indentation(body.named_children[0]) if body.named_children else ""
                    outer = self.indentation(scope.node)
                    if not inner.strip() and inner.startswith(outer) and inner != outer:
                        return inner.removeprefix(outer)
        return "    "

    def owner(self, reference: Reference, *classes: str) -> Kind | None:
        """The object that a reference takes its last attribute from, if it is an instance of one of
        the public classes and the attribute is Keras's."""
        node = reference.node.child_by_field_name("object")
        kind = kind_of(self.module, node, reference.scope) if node is not None else None
        if kind is None or kind.type != "object" or not kind.is_a(*classes):
            return None
        return None if defines(self.module, kind, reference.names[-1]) else kind

    def inside_string(self, node: Node) -> bool:
        """Whether the node stands in a replacement field of an f-string."""
        around = node.parent
        while around is not None:
            if around.type == "interpolation":
                return True
            around = around.parent
        return False

    def mentions(self, name: str) -> bool:
        """Whether a string or a type comment is code that uses `name`: an annotation in quotes,
        an entry of `__all__`."""
        pattern = re.compile(rb"(?<![\w.])" + re.escape(name.encode()) + rb"(?!\w)")
        for match in pattern.finditer(self.source.data):
            node = self.module.tree.root.descendant_for_byte_range(match.start(), match.end())
            if node is None or node.type not in ("string_content", "comment"):
                continue
            content = text(node)
            if node.type == "comment":
                if content.removeprefix("#").lstrip().startswith("type:"):
                    return True
                continue
            try:
                tree = ast.parse(content.strip(), mode="eval")
            except (SyntaxError, ValueError, RecursionError, MemoryError):
                continue
            if any(isinstance(one, ast.Name) and one.id == name for one in ast.walk(tree)):
                return True
        return False
