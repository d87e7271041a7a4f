"""One walk over a top-level statement: its scopes, bindings, imports and references.

The walk keeps its own stack, so that deep nesting costs memory and not Python's call stack.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from tree_sitter import Node

from k3ls.semantics.scopes import Binding, BindingKind, Branch, Scope, ScopeKind
from k3ls.syntax import SyntaxTree, argument_nodes, text, unparenthesized

_SILENT = frozenset(
    "integer float true false none ellipsis pass_statement break_statement"
    " continue_statement import_prefix type_conversion escape_sequence line_continuation"
    " positional_separator keyword_separator".split()
)


@dataclass(slots=True, eq=False)
class Reference:
    """A name that is read, with the attributes taken from it: `tf.nn.relu`.

    Attributes:
        names: the root's name and the attributes' names; the root's name is empty where the
            chain starts from another expression (`f(x).shape`).
        nodes: the node of the root, then of the root with each attribute.
        call: the call whose function this is.
        offset: where the name is read.
    """

    names: list[str]
    nodes: list[Node]
    scope: Scope
    call: Node | None
    offset: int

    @property
    def node(self) -> Node:
        return self.nodes[-1]


@dataclass(slots=True, eq=False)
class ImportedName:
    """One name of an import statement.

    Attributes:
        path: what is imported: `tensorflow.keras` of `import tensorflow.keras as k`, `layers`
            of `from keras import layers`.
        node: the name with its alias.
        name_node: the name.
        binding: the name it binds.
    """

    path: str
    alias: str | None
    node: Node
    name_node: Node
    binding: Binding


@dataclass(slots=True, eq=False)
class Import:
    """An import statement.

    Attributes:
        module: of `from module import …`, with leading dots for a relative one; empty for a
            plain `import`.
        star: whether it is `from module import *`.
    """

    node: Node
    scope: Scope
    branch: Branch | None
    module: str
    module_node: Node | None
    names: list[ImportedName]
    star: bool = False


@dataclass(slots=True, eq=False)
class Item:
    """A top-level statement and what the walk found in it.

    Attributes:
        items_set: the targets `x[i]` of assignments, each with the value if that is known.
        attributes_set: the targets `x.name`.
    """

    node: Node
    references: list[Reference] = field(default_factory=list)
    calls: list[tuple[Node, Scope]] = field(default_factory=list)
    imports: list[Import] = field(default_factory=list)
    classes: list[Scope] = field(default_factory=list)
    functions: list[Scope] = field(default_factory=list)
    scopes: list[Scope] = field(default_factory=list)
    items_set: list[tuple[Node, Node | None, Scope]] = field(default_factory=list)
    attributes_set: list[Reference] = field(default_factory=list)


_TYPE_COMMENT = re.compile(rb"#\s*type:\s*(?!\s|ignore\b)")
_SEQUENCES = frozenset("pattern_list tuple_pattern list_pattern tuple list".split())

_Frame = tuple[Node, Scope, "Branch | None"]
_Handler = Callable[["_Walker", Node, Scope, "Branch | None"], None]


def walk(node: Node, module: Scope, tree: SyntaxTree) -> Item:
    """Walk the top-level statement `node` of `tree`, binding its names in `module`."""
    walker = _Walker(node, tree)
    walker.run(module)
    for scope in walker.item.scopes:
        scope.settle()
    for scope in walker.item.scopes:
        scope.sort()
    return walker.item


class _Walker:
    def __init__(self, node: Node, tree: SyntaxTree) -> None:
        self.item = Item(node)
        self.tree = tree
        self.stack: list[_Frame] = []
        self.functions_called: dict[int, Node] = {}

    def run(self, module: Scope) -> None:
        self.stack.append((self.item.node, module, None))
        while self.stack:
            node, scope, branch = self.stack.pop()
            kind = node.type
            handler = _HANDLERS.get(kind)
            if handler is not None:
                handler(self, node, scope, branch)
            elif kind not in _SILENT:
                self.push(node.named_children, scope, branch)

    def push(self, nodes: list[Node], scope: Scope, branch: Branch | None) -> None:
        for node in reversed(nodes):
            self.stack.append((node, scope, branch))

    def block(
        self,
        node: Node,
        scope: Scope,
        parent: Branch | None,
        statement: Node,
        arm: int,
        *,
        loop: bool = False,
        exclusive: bool = False,
    ) -> Branch:
        branch = Branch(
            node.start_byte, node.end_byte, parent, statement.start_byte, arm, loop, exclusive
        )
        scope.branches.append(branch)
        return branch

    # Names that are read

    def identifier(self, node: Node, scope: Scope, branch: Branch | None) -> None:
        call = self.functions_called.pop(node.id, None)
        self.item.references.append(Reference([text(node)], [node], scope, call, node.start_byte))

    def attribute(self, node: Node, scope: Scope, branch: Branch | None) -> None:
        call = self.functions_called.pop(node.id, None)
        names, nodes = _chain(node)
        if not names[0]:
            # Broken code may have an attribute that lacks its name.
            broken = nodes[0].type == "attribute"
            self.push(nodes[0].named_children if broken else nodes[:1], scope, branch)
        self.item.references.append(Reference(names, nodes, scope, call, node.start_byte))

    def call(self, node: Node, scope: Scope, branch: Branch | None) -> None:
        self.item.calls.append((node, scope))
        function = node.child_by_field_name("function")
        if function is not None:
            self.functions_called[function.id] = node
        self.push(node.named_children, scope, branch)

    def keyword_argument(self, node: Node, scope: Scope, branch: Branch | None) -> None:
        value = node.child_by_field_name("value")
        if value is not None:
            self.stack.append((value, scope, branch))

    def string(self, node: Node, scope: Scope, branch: Branch | None) -> None:
        for child in reversed(node.named_children):
            if child.type == "interpolation":
                self.stack.append((child, scope, branch))

    def dotted_name(self, node: Node, scope: Scope, branch: Branch | None) -> None:
        """A value or class in a `case`."""
        names = node.named_children
        self.item.references.append(
            Reference(
                [text(name) for name in names], [*names[:-1], node], scope, None, node.start_byte
            )
        )

    def member_type(self, node: Node, scope: Scope, branch: Branch | None) -> None:
        """`name[…].member` in an annotation."""
        self.push(node.named_children[:1], scope, branch)

    def type_parameters(self, node: Node, scope: Scope, branch: Branch | None) -> None:
        """Only the bounds are read; the parameters' own names are of no use here."""
        for parameter in node.named_children:
            for part in parameter.named_children:
                if part.type == "constrained_type":
                    self.push(part.named_children[1:], scope, branch)

    # Annotations, and the code that they quote

    def type(self, node: Node, scope: Scope, branch: Branch | None) -> None:
        self.push(node.named_children, scope, branch)
        self.quoted(node.named_children, scope, branch)

    def generic_type(self, node: Node, scope: Scope, branch: Branch | None) -> None:
        """`List["Model"]`, whose parameters are annotations by themselves."""
        name, *parameters = node.named_children
        types = [part for one in parameters for part in argument_nodes(one)]
        count = _annotations(text(name), len(types))
        plain = [part for one in types[count:] for part in one.named_children]
        self.push([name, *types[:count], *plain], scope, branch)

    def quoted(self, nodes: list[Node], scope: Scope, branch: Branch | None) -> None:
        """Walk the code in the strings of an annotation."""
        parts = list(nodes)
        while parts:
            part = parts.pop()
            if part.type == "string":
                content = _plain_content(part)
                found = content and self.tree.expression_in(content, content.start_byte)
                if found:
                    self.stack.append((found, scope, branch))
                    parts.append(found)
            elif part.type == "subscript":
                value, *arguments = argument_nodes(part)
                parts += arguments[: _annotations(text(value), len(arguments))]
            elif part.type in ("list", "tuple", "binary_operator", "parenthesized_expression"):
                parts += argument_nodes(part)

    def comment(self, node: Node, scope: Scope, branch: Branch | None) -> None:
        """`# type: Model`."""
        match = _TYPE_COMMENT.match(node.text or b"")
        found = match and self.tree.expression_in(node, node.start_byte + match.end())
        if found:
            self.stack.append((found, scope, branch))

    # Names that are bound

    def bind_pattern(
        self,
        target: Node,
        kind: BindingKind,
        scope: Scope,
        branch: Branch | None,
        offset: int,
        value: Node | None,
        statement: Node,
    ) -> None:
        """Bind the names of `target`; what it only reads is pushed to be walked."""
        targets: list[tuple[Node, int | None]] = [(target, None)]
        while targets:
            node, item = targets.pop()
            node = _only(node)
            if node.type == "identifier":
                scope.bind(
                    Binding(
                        text(node), kind, scope, offset, node, branch, value, item,
                        statement=statement,
                    )
                )  # fmt: skip
            elif node.type in ("attribute", "subscript"):
                self.bind_attribute(node, kind, scope, branch, offset, value, item, statement)
                self.push(node.named_children[:1], scope, branch)
                if node.type == "subscript":
                    whole = kind is BindingKind.ASSIGNMENT and item is None
                    self.item.items_set.append((node, value if whole else None, scope))
                    self.push(node.named_children[1:], scope, branch)
                else:
                    names, nodes = _chain(node)
                    self.item.attributes_set.append(
                        Reference(names, nodes, scope, None, node.start_byte)
                    )
            else:
                children = argument_nodes(node)
                starred = any(child.type == "list_splat_pattern" for child in children)
                known = item is None and not starred and node.type in _SEQUENCES
                for index, child in reversed(list(enumerate(children))):
                    targets.append((child, index if known else -1))

    def bind_attribute(
        self,
        node: Node,
        kind: BindingKind,
        scope: Scope,
        branch: Branch | None,
        offset: int,
        value: Node | None,
        item: int | None,
        statement: Node,
    ) -> None:
        """Remember `self.name = value` with the class whose method it stands in."""
        function = scope.function()
        owner = function.method_class() if function is not None else None
        if node.type != "attribute" or function is None or owner is None:
            return
        root = node.child_by_field_name("object")
        name = node.child_by_field_name("attribute")
        if root is None or name is None or root.type != "identifier":
            return
        if text(root) != first_parameter(function):
            return
        owner.attributes.setdefault(text(name), []).append(
            Binding(text(name), kind, scope, offset, node, branch, value, item, statement=statement)
        )

    def assignment(self, node: Node, scope: Scope, branch: Branch | None) -> None:
        left = node.child_by_field_name("left")
        value = node.child_by_field_name("right")
        annotation = node.child_by_field_name("type")
        targets = [left]
        while value is not None and value.type == "assignment":
            targets.append(value.child_by_field_name("left"))
            value = value.child_by_field_name("right")
        self.push([part for part in (annotation, value) if part is not None], scope, branch)
        kind = BindingKind.ASSIGNMENT if value is not None else BindingKind.ANNOTATION
        for target in targets:
            # `(x): int` doesn't even make the name the scope's.
            if target is not None and (value is not None or target.type != "tuple_pattern"):
                self.bind_pattern(target, kind, scope, branch, node.end_byte, value, node)
        if annotation is not None and left is not None and left.type == "identifier":
            scope.bindings[text(left)][-1].annotation = annotation

    def augmented_assignment(self, node: Node, scope: Scope, branch: Branch | None) -> None:
        left = node.child_by_field_name("left")
        kind, offset = BindingKind.AUGMENTED, node.end_byte
        if left is not None and left.type == "identifier":
            self.bind_pattern(left, kind, scope, branch, offset, node, node)
        elif left is not None:
            if left.type == "subscript":
                self.item.items_set.append((left, None, scope))
            self.bind_attribute(left, kind, scope, branch, offset, node, None, node)
        # An augmented assignment reads its target as well.
        self.push(node.named_children, scope, branch)

    def named_expression(self, node: Node, scope: Scope, branch: Branch | None) -> None:
        name = node.child_by_field_name("name")
        value = node.child_by_field_name("value")
        holder, where, around = scope, branch, None
        while holder.kind is ScopeKind.COMPREHENSION and holder.parent is not None:
            holder, where, around = holder.parent, holder.branch, holder.node
        if around is not None:
            where = self.block(around, holder, where, around, 0, loop=True)
        if _may_be_skipped(node):
            where = self.block(node, holder, where, node, 0)
        if name is not None:
            kind = BindingKind.ASSIGNMENT
            holder.bind(
                Binding(text(name), kind, scope, node.end_byte, name, where, value, statement=node)
            )
        if value is not None:
            self.stack.append((value, scope, branch))

    def delete_statement(self, node: Node, scope: Scope, branch: Branch | None) -> None:
        targets = argument_nodes(node)
        while targets:
            target = targets.pop()
            if target.type == "identifier":
                self.bind_pattern(
                    target, BindingKind.DELETE, scope, branch, node.end_byte, None, node
                )
            elif target.type in ("attribute", "subscript"):
                self.stack.append((target, scope, branch))
            else:
                targets += argument_nodes(target)

    def global_statement(self, node: Node, scope: Scope, branch: Branch | None) -> None:
        for name in node.named_children:
            scope.elsewhere[text(name)] = ScopeKind.MODULE

    def nonlocal_statement(self, node: Node, scope: Scope, branch: Branch | None) -> None:
        for name in node.named_children:
            scope.elsewhere[text(name)] = ScopeKind.FUNCTION

    def type_alias_statement(self, node: Node, scope: Scope, branch: Branch | None) -> None:
        left = node.child_by_field_name("left")
        name = left.named_children[0] if left is not None and left.named_children else None
        if name is not None and name.type == "generic_type":
            name, *parameters = name.named_children
            for part in parameters:
                self.type_parameters(part, scope, branch)
        if name is not None and name.type == "identifier":
            self.bind_pattern(
                name, BindingKind.ASSIGNMENT, scope, branch, node.end_byte, None, node
            )
            self.push(node.named_children[1:], scope, branch)
        else:
            # `type(x).name = value` looks like an alias to the grammar.
            self.push(node.named_children, scope, branch)

    # Statements with blocks

    def if_statement(self, node: Node, scope: Scope, branch: Branch | None) -> None:
        arms: list[_Frame] = []
        arm = 0
        for child in node.named_children:
            inner = branch
            if child.type in ("block", "elif_clause", "else_clause"):
                inner = self.block(child, scope, branch, node, arm, exclusive=True)
                arm += 1
            arms.append((child, scope, inner))
        self.stack.extend(reversed(arms))

    def while_statement(self, node: Node, scope: Scope, branch: Branch | None) -> None:
        self.loop(node, node.start_byte, node.named_children, scope, branch)

    def for_statement(self, node: Node, scope: Scope, branch: Branch | None) -> None:
        left = node.child_by_field_name("left")
        right = node.child_by_field_name("right")
        # What it goes over is evaluated once, before the loop.
        start = right.end_byte if right is not None else node.start_byte
        rest = [child for child in node.named_children if child not in (left, right)]
        inner = self.loop(node, start, rest, scope, branch)
        if left is not None:
            self.bind_pattern(left, BindingKind.LOOP, scope, inner, start, right, node)
        if right is not None:
            self.stack.append((right, scope, branch))

    def loop(
        self, node: Node, start: int, parts: list[Node], scope: Scope, branch: Branch | None
    ) -> Branch:
        """Walk the parts of a loop that begins at `start` and ends with its body."""
        body = node.child_by_field_name("body")
        end = body.end_byte if body is not None else node.end_byte
        inner = Branch(start, end, branch, node.start_byte, 0, loop=True, exclusive=False)
        scope.branches.append(inner)
        for part in reversed(parts):
            behind = part.start_byte >= end
            where = self.block(part, scope, branch, node, 1) if behind else inner
            self.stack.append((part, scope, where))
        return inner

    def try_statement(self, node: Node, scope: Scope, branch: Branch | None) -> None:
        frames: list[_Frame] = []
        for arm, child in enumerate(node.named_children):
            inner = branch
            if child.type != "finally_clause" and child.type != "comment":
                handler = child.type != "block"
                inner = self.block(child, scope, branch, node, arm, exclusive=handler)
            frames.append((child, scope, inner))
        self.stack.extend(reversed(frames))

    def match_statement(self, node: Node, scope: Scope, branch: Branch | None) -> None:
        subjects = node.children_by_field_name("subject")
        body = node.child_by_field_name("body")
        cases = argument_nodes(body) if body is not None else []
        for arm, case in reversed(list(enumerate(cases))):
            inner = self.block(case, scope, branch, node, arm, exclusive=True)
            self.stack.append((case, scope, inner))
        self.push(subjects, scope, branch)

    def case_pattern(self, node: Node, scope: Scope, branch: Branch | None) -> None:
        patterns = [node]
        while patterns:
            pattern = patterns.pop()
            children = pattern.named_children
            if pattern.type == "class_pattern" and children:
                self.stack.append((children[0], scope, branch))
                patterns += children[1:]
            elif pattern.type == "keyword_pattern":
                patterns += children[1:]
            elif pattern.type == "dotted_name" and len(children) > 1:
                self.stack.append((pattern, scope, branch))
            elif pattern.type == "identifier":
                self.bind_pattern(
                    pattern, BindingKind.PATTERN, scope, branch, pattern.end_byte, None, node
                )
            else:
                patterns += children

    def as_pattern(self, node: Node, scope: Scope, branch: Branch | None) -> None:
        """`with value as target`, `except type as target`."""
        children = argument_nodes(node)
        value, alias = children[0], node.child_by_field_name("alias")
        around = node.parent.type if node.parent is not None else ""
        kind = BindingKind.EXCEPT if around.startswith("except") else BindingKind.WITH
        if alias is not None and alias.named_children:
            self.bind_pattern(
                alias.named_children[0], kind, scope, branch, node.end_byte, value, node
            )
        self.stack.append((value, scope, branch))

    # Scopes

    def scope(self, kind: ScopeKind, node: Node, parent: Scope, branch: Branch | None) -> Scope:
        name = node.child_by_field_name("name")
        inner = Scope(kind, node, parent, text(name) if name is not None else "", branch)
        self.item.scopes.append(inner)
        return inner

    def comprehension(self, node: Node, scope: Scope, branch: Branch | None) -> None:
        inner = self.scope(ScopeKind.COMPREHENSION, node, scope, branch)
        first = True
        frames: list[_Frame] = []
        for child in node.named_children:
            if child.type != "for_in_clause":
                frames.append((child, inner, None))
                continue
            left = child.child_by_field_name("left")
            right = child.child_by_field_name("right")
            if left is not None:
                self.bind_pattern(
                    left, BindingKind.LOOP, inner, None, node.start_byte, right, child
                )
            if right is not None:
                frames.append((right, scope if first else inner, branch if first else None))
            first = False
        self.stack.extend(reversed(frames))

    def lambda_(self, node: Node, scope: Scope, branch: Branch | None) -> None:
        inner = self.scope(ScopeKind.LAMBDA, node, scope, branch)
        self.item.functions.append(inner)
        parameters = node.child_by_field_name("parameters")
        if parameters is not None:
            self.parameters(parameters, inner, scope, branch)
        body = node.child_by_field_name("body")
        if body is not None:
            inner.returns.append(body)
            self.stack.append((body, inner, None))

    def decorated_definition(self, node: Node, scope: Scope, branch: Branch | None) -> None:
        decorators = [
            decorator.named_children[0]
            for decorator in node.named_children
            if decorator.type == "decorator" and decorator.named_children
        ]
        definition = node.child_by_field_name("definition")
        if definition is not None:
            handler = _HANDLERS.get(definition.type)
            if handler is not None:
                handler(self, definition, scope, branch)
                name = definition.child_by_field_name("name")
                bound = scope.bindings.get(text(name)) if name is not None else None
                if bound and bound[-1].inner is not None:
                    bound[-1].inner.decorators = decorators
                    bound[-1].statement = node
        self.push(decorators, scope, branch)

    def function_definition(self, node: Node, scope: Scope, branch: Branch | None) -> None:
        name = node.child_by_field_name("name")
        inner = self.scope(ScopeKind.FUNCTION, node, scope, branch)
        self.item.functions.append(inner)
        if name is not None:
            self.definition(BindingKind.FUNCTION, name, node, scope, branch, inner)
        body = node.child_by_field_name("body")
        if body is not None:
            self.stack.append((body, inner, None))
        parameters = node.child_by_field_name("parameters")
        if parameters is not None:
            self.parameters(parameters, inner, scope, branch)
        returned = node.child_by_field_name("return_type")
        if returned is not None:
            self.stack.append((returned, scope, branch))
        generic = node.child_by_field_name("type_parameters")
        if generic is not None:
            self.type_parameters(generic, scope, branch)

    def class_definition(self, node: Node, scope: Scope, branch: Branch | None) -> None:
        name = node.child_by_field_name("name")
        inner = self.scope(ScopeKind.CLASS, node, scope, branch)
        self.item.classes.append(inner)
        if name is not None:
            self.definition(BindingKind.CLASS, name, node, scope, branch, inner)
        body = node.child_by_field_name("body")
        if body is not None:
            self.stack.append((body, inner, None))
        bases = node.child_by_field_name("superclasses")
        if bases is not None:
            self.stack.append((bases, scope, branch))
        generic = node.child_by_field_name("type_parameters")
        if generic is not None:
            self.type_parameters(generic, scope, branch)

    def definition(
        self,
        kind: BindingKind,
        name: Node,
        node: Node,
        scope: Scope,
        branch: Branch | None,
        inner: Scope,
    ) -> None:
        scope.bind(
            Binding(
                text(name), kind, scope, node.end_byte, name, branch, statement=node, inner=inner
            )
        )

    def parameters(self, node: Node, inner: Scope, outer: Scope, branch: Branch | None) -> None:
        for parameter in node.named_children:
            name: Node | None = parameter
            default = parameter.child_by_field_name("value")
            annotation = parameter.child_by_field_name("type")
            if parameter.type in ("default_parameter", "typed_default_parameter"):
                name = parameter.child_by_field_name("name")
            elif parameter.type in (
                "typed_parameter",
                "list_splat_pattern",
                "dictionary_splat_pattern",
            ):
                name = parameter.named_children[0] if parameter.named_children else None
            whole = name is not None and name.type == "identifier" and "splat" not in parameter.type
            while name is not None and name.type.endswith("splat_pattern"):
                name = name.named_children[0] if name.named_children else None
            if name is not None and name.type == "identifier":
                binding = Binding(
                    text(name),
                    BindingKind.PARAMETER,
                    inner,
                    parameter.start_byte,
                    name,
                    None,
                    default,
                    None if whole else -1,
                    statement=parameter,
                    annotation=annotation,
                )
                inner.bind(binding)
            self.push([part for part in (annotation, default) if part is not None], outer, branch)

    def return_statement(self, node: Node, scope: Scope, branch: Branch | None) -> None:
        function = scope.function()
        values = argument_nodes(node)
        if function is not None and values:
            function.returns.append(values[0])
        self.push(values, scope, branch)

    def yield_(self, node: Node, scope: Scope, branch: Branch | None) -> None:
        for one in scope.enclosing():
            if one.kind in (ScopeKind.FUNCTION, ScopeKind.LAMBDA):
                one.is_generator = True
                break
        self.push(node.named_children, scope, branch)

    # Imports

    def import_statement(self, node: Node, scope: Scope, branch: Branch | None) -> None:
        statement = Import(node, scope, branch, "", None, [])
        for path, alias, part, name in _imported(node):
            target = path if alias is not None else path.split(".")[0]
            self.import_name(statement, path, alias, part, name, alias or target, target)
        self.item.imports.append(statement)

    def import_from_statement(self, node: Node, scope: Scope, branch: Branch | None) -> None:
        module_node = node.child_by_field_name("module_name")
        module = text(module_node).replace(" ", "") if module_node is not None else "__future__"
        statement = Import(node, scope, branch, module, module_node, [])
        statement.star = any(child.type == "wildcard_import" for child in node.named_children)
        prefix = module if module.endswith(".") else f"{module}."
        for path, alias, part, name in _imported(node):
            self.import_name(statement, path, alias, part, name, alias or path, prefix + path)
        self.item.imports.append(statement)

    def import_name(
        self,
        statement: Import,
        path: str,
        alias: str | None,
        node: Node,
        name_node: Node,
        bound: str,
        target: str,
    ) -> None:
        binding = Binding(
            bound,
            BindingKind.IMPORT,
            statement.scope,
            statement.node.end_byte,
            node,
            statement.branch,
            target=target,
            statement=statement.node,
        )
        statement.scope.bind(binding)
        statement.names.append(ImportedName(path, alias, node, name_node, binding))


def _annotations(name: str, count: int) -> int:
    """How many of the `count` parameters of a generic type are annotations, not values."""
    return {"Literal": 0, "Annotated": 1}.get(name.rpartition(".")[2], count)


def _plain_content(string: Node) -> Node | None:
    """The content of a string that says what it means: no bytes, no escapes, nothing to fill in."""
    parts = string.named_children
    if [part.type for part in parts] != ["string_start", "string_content", "string_end"]:
        return None
    prefix = text(parts[0]).rstrip("\"'").lower()
    return parts[1] if prefix in ("", "r", "u") and not parts[1].named_children else None


def _chain(node: Node) -> tuple[list[str], list[Node]]:
    """The names and nodes of a `Reference` to an attribute."""
    nodes, names, root = [node], [], node
    while root.type == "attribute":
        attribute = root.child_by_field_name("attribute")
        inner = root.child_by_field_name("object")
        if attribute is None or inner is None:
            break
        names.append(text(attribute))
        root = unparenthesized(inner)
        nodes.append(root)
    names.append(text(root) if root.type == "identifier" else "")
    return names[::-1], nodes[::-1]


def first_parameter(function: Scope) -> str:
    """The name of a function's first positional parameter, empty where it has none."""
    parameters = function.node.child_by_field_name("parameters")
    for parameter in parameters.named_children if parameters is not None else ():
        if parameter.type == "identifier":
            return text(parameter)
        if parameter.type == "typed_parameter" and parameter.named_children:
            return text(parameter.named_children[0])
        name = parameter.child_by_field_name("name")
        return text(name) if name is not None else ""
    return ""


def _may_be_skipped(node: Node) -> bool:
    """Whether an expression is evaluated only if another one around it has some value."""
    around = node.parent
    while around is not None and around.type not in ("block", "module", "lambda"):
        if around.type == "boolean_operator" and node != around.child_by_field_name("left"):
            return True
        if around.type == "conditional_expression" and node != argument_nodes(around)[1]:
            return True
        node, around = around, around.parent
    return False


def _only(node: Node) -> Node:
    """What stands in parentheses that make no tuple: the target of `(x) = 1`."""
    while node.type == "tuple_pattern":
        parts = argument_nodes(node)
        if len(parts) != 1 or any(child.type == "," for child in node.children):
            break
        node = parts[0]
    return node


def _imported(node: Node) -> Iterator[tuple[str, str | None, Node, Node]]:
    for part in node.children_by_field_name("name"):
        if part.type == "aliased_import":
            name = part.child_by_field_name("name")
            alias = part.child_by_field_name("alias")
            if name is not None and alias is not None:
                yield text(name).replace(" ", ""), text(alias), part, name
        else:
            yield text(part).replace(" ", ""), None, part, part


_HANDLERS: dict[str, _Handler] = {
    "identifier": _Walker.identifier,
    "attribute": _Walker.attribute,
    "call": _Walker.call,
    "keyword_argument": _Walker.keyword_argument,
    "string": _Walker.string,
    "dotted_name": _Walker.dotted_name,
    "member_type": _Walker.member_type,
    "type": _Walker.type,
    "generic_type": _Walker.generic_type,
    "comment": _Walker.comment,
    "assignment": _Walker.assignment,
    "augmented_assignment": _Walker.augmented_assignment,
    "named_expression": _Walker.named_expression,
    "delete_statement": _Walker.delete_statement,
    "global_statement": _Walker.global_statement,
    "nonlocal_statement": _Walker.nonlocal_statement,
    "type_alias_statement": _Walker.type_alias_statement,
    "if_statement": _Walker.if_statement,
    "while_statement": _Walker.while_statement,
    "for_statement": _Walker.for_statement,
    "try_statement": _Walker.try_statement,
    "match_statement": _Walker.match_statement,
    "case_pattern": _Walker.case_pattern,
    "as_pattern": _Walker.as_pattern,
    "list_comprehension": _Walker.comprehension,
    "set_comprehension": _Walker.comprehension,
    "dictionary_comprehension": _Walker.comprehension,
    "generator_expression": _Walker.comprehension,
    "lambda": _Walker.lambda_,
    "decorated_definition": _Walker.decorated_definition,
    "function_definition": _Walker.function_definition,
    "class_definition": _Walker.class_definition,
    "return_statement": _Walker.return_statement,
    "yield": _Walker.yield_,
    "import_statement": _Walker.import_statement,
    "import_from_statement": _Walker.import_from_statement,
    "future_import_statement": _Walker.import_from_statement,
}
