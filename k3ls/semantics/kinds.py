"""Kinds: what a value is, as far as the code says.

A kind is found by following names to what bound them; nothing is guessed. The dtype of a tensor
is one of the classes `float`, `int`, `bool`, `complex` and `string`, or None where it isn't known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from tree_sitter import Node

from k3ls.knowledge.ops import op
from k3ls.knowledge.symbols import canonical, public, symbol
from k3ls.semantics.conditions import tests
from k3ls.semantics.module import Module
from k3ls.semantics.scopes import Binding, BindingKind, Scope, ScopeKind
from k3ls.syntax import argument_nodes, parse, string_value, text, unparenthesized

_DEPTH = 20
# How many calls of a function are looked at.
_CALLS = 8

_FLOAT_NAMES = frozenset(("float16", "bfloat16", "half", "float32", "float64", "double"))
_DATASET_METHODS = frozenset(
    "map filter batch padded_batch shuffle repeat prefetch take skip cache concatenate flat_map"
    " interleave shard unbatch window apply enumerate with_options rebatch ragged_batch snapshot"
    " take_while scan".split()
)


@dataclass(frozen=True, slots=True)
class Kind:
    """What a value is.

    Attributes:
        type: `tensor` (an eager or graph tensor of TensorFlow), `keras_tensor` (a symbolic one
            of a functional model), `array` (NumPy), `dataset`, `literal`, `items` (a tuple or
            list whose parts are known), `object` (an instance), `class`, `function`.
        dtype: of a tensor or array.
        name: of an instance or class: its public path (`keras.layers.Dense`).
        scope: of an instance or class that this module defines, or a function.
        bases: of an instance or class, the public paths of itself and all it derives from.
        items: the kinds of the parts; of a `collection` or `mapping` the one kind of all of them;
            of a function of another file the kind of its result.
        members: of an instance or class, what classes of other files that it derives from define.
        some_bases: of an instance of one of several classes, what only some of them derive from.
    """

    type: str
    dtype: str | None = None
    name: str | None = None
    scope: Scope | None = None
    bases: frozenset[str] = frozenset()
    items: tuple[Kind | None, ...] = ()
    members: frozenset[str] = frozenset()
    some_bases: frozenset[str] = frozenset()

    def is_a(self, *paths: str) -> bool:
        """Whether this is an instance of, or derived from, one of the public classes."""
        return any(path in self.bases for path in paths)

    def may_be(self, *paths: str) -> bool:
        """Whether this may be an instance of, or derived from, one of the public classes."""
        return any(path in self.bases or path in self.some_bases for path in paths)

    @property
    def is_tensor(self) -> bool:
        return self.type in ("tensor", "keras_tensor")


def kind_of(module: Module, node: Node, scope: Scope) -> Kind | None:
    """What the expression `node`, evaluated in `scope`, gives; None if it isn't known."""
    return _evaluator(module).kind(node, scope, _DEPTH)


def class_kind(module: Module, scope: Scope) -> Kind:
    """The class that `scope` is the body of."""
    return _evaluator(module).local_class(scope, _DEPTH)


def exported_kind(module: Module, name: str) -> Kind | None:
    """What `name` stands for when the module has run, as other modules see it."""
    return _evaluator(module).exported(name)


def named_kind(module: Module, target: str) -> Kind | None:
    """What the qualified name `target` stands for in the module."""
    return _evaluator(module).named(target)


def local_classes(module: Module, scope: Scope) -> Sequence[Scope]:
    """The class that `scope` is the body of, and the classes of this module it derives from."""
    return _evaluator(module).local_classes(scope, _DEPTH)


def defines(module: Module, kind: Kind, name: str) -> bool:
    """Whether the class of an object defines `name` itself, or inherits it from a class that is in
    no library."""
    return name in _evaluator(module).defined(kind, _DEPTH)


def _evaluator(module: Module) -> _Evaluator:
    return module.fact("kinds", _Evaluator)


class _Evaluator:
    """Finds kinds, and keeps those that don't depend on where the question came from.

    A value that comes from itself, and a chain of names that is too long, are cut off; what was
    found with such a cut holds for the expression that was asked for and for no part of it.
    """

    def __init__(self, module: Module) -> None:
        self.module = module
        self.known: dict[int, Kind | None] = {}
        self.cut_off: dict[int, Kind | None] = {}
        self.cuts = 0
        self.pending: set[int] = set()

    def kind(self, node: Node, scope: Scope, depth: int) -> Kind | None:
        node = unparenthesized(node)
        if node.type not in _HANDLED:
            return None
        if node.id in self.known:
            return self.known[node.id]
        if depth == 0 or node.id in self.pending or node.id in self.cut_off:
            self.cuts += 1
            return self.cut_off.get(node.id)
        cuts = self.cuts
        self.pending.add(node.id)
        try:
            found: Kind | None = getattr(self, node.type)(node, scope, depth - 1)
        finally:
            self.pending.remove(node.id)
        if self.cuts == cuts:
            self.known[node.id] = found
        elif self.pending:
            self.cut_off[node.id] = found
        if not self.pending:
            self.cut_off.clear()
        return found

    # Literals

    def integer(self, node: Node, scope: Scope, depth: int) -> Kind:
        return Kind("literal", dtype="complex" if text(node)[-1] in "jJ" else "int")

    def float(self, node: Node, scope: Scope, depth: int) -> Kind:
        return Kind("literal", dtype="complex" if text(node)[-1] in "jJ" else "float")

    def true(self, node: Node, scope: Scope, depth: int) -> Kind:
        return Kind("literal", dtype="bool")

    false = true

    def string(self, node: Node, scope: Scope, depth: int) -> Kind:
        return Kind("literal", dtype="string")

    concatenated_string = string

    def list(self, node: Node, scope: Scope, depth: int) -> Kind:
        parts = argument_nodes(node)
        items = tuple(self.kind(item, scope, depth) for item in parts)
        dtypes = {item.dtype if item is not None else None for item in items}
        literal = all(item is not None and item.type in ("literal", "items") for item in items)
        dtype = "float" if literal and dtypes == {"float", "int"} else None
        if len(dtypes) == 1:
            dtype = dtypes.pop()
        if any(part.type == "list_splat" for part in parts):
            return Kind("items", items=(None,))
        return Kind("items", dtype=dtype, items=items)

    tuple = list
    expression_list = list

    def dictionary(self, node: Node, scope: Scope, depth: int) -> Kind | None:
        values = [
            part.child_by_field_name("value") if part.type == "pair" else None
            for part in argument_nodes(node)
        ]
        kinds = {self.kind(one, scope, depth) if one is not None else None for one in values}
        return Kind("mapping", items=(self.joined(kinds, depth),) if kinds else ())

    def list_comprehension(self, node: Node, scope: Scope, depth: int) -> Kind | None:
        body = node.child_by_field_name("body")
        inner = self.module.fact("comprehensions", _comprehensions).get(node.id)
        if body is None or inner is None:
            return None
        if body.type == "pair":
            value = body.child_by_field_name("value")
            return Kind("mapping", items=(self.kind(value, inner, depth) if value else None,))
        return Kind("collection", items=(self.kind(body, inner, depth),))

    generator_expression = list_comprehension
    dictionary_comprehension = list_comprehension

    # Names

    def identifier(self, node: Node, scope: Scope, depth: int) -> Kind | None:
        narrowed = self.narrowed(node, scope, depth)
        if narrowed is not None:
            return narrowed
        bindings = scope.reaching(text(node), node.start_byte)
        if not bindings:
            # From a star import, if anything.
            names = self.module.names_of(node, scope)
            return self.public(names[0]) if names else None
        return self.one_of(bindings, depth)

    def narrowed(self, node: Node, scope: Scope, depth: int) -> Kind | None:
        """The class that `isinstance` says a name or attribute is an instance of."""
        found = tests(self.module, "isinstance")
        if not found:
            return None
        subject = text(node)
        for test in found.get(subject, ()):
            if test.outcome and test.tells_of(subject, scope, node.start_byte):
                classes = [test.argument]
                if test.argument.type == "tuple":
                    classes = argument_nodes(test.argument)
                kinds = {self.kind(one, test.scope, depth) for one in classes}
                known = [kind for kind in kinds if kind is not None and kind.type == "class"]
                if len(known) == len(kinds):
                    return self.joined({self.instance(kind) for kind in known}, depth)
        return None

    def one_of(self, bindings: Sequence[Binding], depth: int) -> Kind | None:
        kinds: set[Kind | None] = set()
        placeholder = False
        for binding in bindings:
            value = unparenthesized(binding.value) if binding.value is not None else None
            if value is not None and value.id in self.pending:
                # In a loop a value may come from itself: it is then what it began as.
                self.cuts += 1
            elif value is not None and value.type == "none" and _takes_value(binding):
                placeholder = True
            else:
                kinds.add(self.binding(binding, depth))
        return self.or_none(self.joined(kinds, depth), placeholder)

    def joined(self, kinds: set[Kind | None], depth: int) -> Kind | None:
        """The kind of a value that is of one of the kinds; None if it isn't known."""
        if len(kinds) == 1:
            return next(iter(kinds))
        known = [kind for kind in kinds if kind is not None]
        types = {"collection" if kind.type == "items" else kind.type for kind in known}
        if len(known) < len(kinds) or len(types) != 1:
            return None
        (type_,) = types
        if type_ in ("tensor", "keras_tensor"):
            return Kind(type_)
        if type_ in ("collection", "mapping"):
            parts = {part for kind in known for part in kind.items}
            return Kind(type_, items=(self.joined(parts, depth),) if parts else ())
        if type_ != "object":
            return None
        common = frozenset[str].intersection(*(kind.bases for kind in known))
        every = frozenset[str]().union(*(kind.bases | kind.some_bases for kind in known))
        members = frozenset[str]().union(*(self.defined(kind, depth) for kind in known))
        return Kind("object", bases=common, members=members, some_bases=every - common)

    def or_none(self, kind: Kind | None, placeholder: bool) -> Kind | None:
        """What is known of a value that may be None too: whoever asks an object for something
        knows that it is there."""
        if placeholder and (kind is None or kind.type not in _OBJECTS):
            return None
        return kind

    def binding(self, binding: Binding, depth: int) -> Kind | None:
        if depth == 0:
            self.cuts += 1
            return None
        kind = binding.kind
        if kind is BindingKind.CLASS and binding.inner is not None:
            return self.local_class(binding.inner, depth)
        if kind is BindingKind.FUNCTION and binding.inner is not None:
            return Kind("function", scope=binding.inner)
        if kind is BindingKind.PARAMETER:
            return self.parameter(binding, depth)
        if kind is BindingKind.IMPORT and binding.target is not None:
            return self.public(binding.target) or self.imported(binding.target)
        whole = None
        if binding.value is not None and kind is BindingKind.LOOP:
            whole = self.part(binding.value, binding.scope, depth)
        elif binding.value is not None and kind in _VALUED:
            whole = self.kind(binding.value, binding.scope, depth)
        if binding.item is None:
            return whole or self.declared(binding, depth)
        if whole is None or binding.item < 0:
            return None
        if whole.type == "tensor":
            # What a layer gives may be several tensors.
            return Kind("tensor")
        if whole.type == "items":
            return whole.items[binding.item] if binding.item < len(whole.items) else None
        return whole.items[0] if whole.type == "collection" and whole.items else None

    def declared(self, binding: Binding, depth: int) -> Kind | None:
        """What the annotation of an assignment says."""
        if binding.kind not in (BindingKind.ASSIGNMENT, BindingKind.ANNOTATION):
            return None
        statement = binding.statement
        if statement is None or statement.child_by_field_name("left") != binding.node:
            return None
        annotation = statement.child_by_field_name("type")
        if annotation is None:
            return None
        return self.annotated(annotation, binding.scope, depth)

    def parameter(self, binding: Binding, depth: int) -> Kind | None:
        function = binding.scope
        if binding.item is not None or function.parent is None:
            return None
        owner = function.method_class()
        parameters = function.node.child_by_field_name("parameters")
        first = parameters.named_children[:1] if parameters is not None else []
        if owner is not None and binding.statement is not None and binding.statement in first:
            decorators = {text(decorator) for decorator in function.decorators}
            if "staticmethod" not in decorators:
                cls = self.local_class(owner, depth)
                is_class = "classmethod" in decorators or function.name == "__new__"
                return cls if is_class else self.instance(cls)
        if binding.annotation is not None:
            return self.annotated(binding.annotation, function.parent, depth)
        if binding.value is not None:
            # Others may be passed, of the same kind as far as the function cares.
            default = self.kind(binding.value, function.parent, depth)
            for family in _FAMILIES if default is not None and default.type == "object" else ():
                if default is not None and default.is_a(family):
                    return self.instance_of(family)
        used = self.module.fact("attributes by name", _attributes_by_name)
        attributes = used.get((id(function), binding.name), set())
        for family, telling in _TELLING.items():
            if not telling.isdisjoint(attributes):
                return self.instance_of(family)
        return self.handed(binding, depth)

    def handed(self, parameter: Binding, depth: int) -> Kind | None:
        """A symbolic tensor, if a function of this module is called with one."""
        calls = self.module.fact("calls of functions", _calls_of_functions)
        for call, scope in calls.get(id(parameter.scope), ())[:_CALLS]:
            node = _argument(call, parameter)
            kind = self.kind(node, scope, depth) if node is not None else None
            if kind is not None and kind.type == "keras_tensor":
                return Kind("keras_tensor")
        return None

    def annotated(self, node: Node, scope: Scope, depth: int) -> Kind | None:
        """The kind of a value that is annotated so."""
        if node.type == "type" and node.named_children:
            node = node.named_children[0]
        if node.type == "string":
            quoted = string_value(node)
            root = parse((quoted or "").encode()).root
            inner = root.named_children
            if len(inner) != 1 or inner[0].type != "expression_statement" or root.has_error:
                return None
            return self.quoted(inner[0].named_children[0], scope, depth)
        if node.type in ("identifier", "attribute"):
            found = self.kind(node, scope, depth)
            return self.instance(found) if found is not None and found.type == "class" else None
        return self.generic(node, scope, depth, self.annotated)

    def quoted(self, node: Node, scope: Scope, depth: int) -> Kind | None:
        """The same for an annotation that is read when the module has run."""
        if node.type not in ("identifier", "attribute"):
            return self.generic(node, scope, depth, self.quoted)
        root, *rest = text(node).split(".")
        kinds: set[Kind | None] = set()
        for binding in scope.reaching(root, scope.module().node.end_byte):
            if binding.kind is BindingKind.IMPORT and binding.target is not None:
                path = ".".join((binding.target, *rest))
                kinds.add(self.public(path) or self.imported(path))
            else:
                kinds.add(self.binding(binding, depth) if not rest else None)
        found = self.joined(kinds, depth)
        return self.instance(found) if found is not None and found.type == "class" else None

    def generic(
        self,
        node: Node,
        scope: Scope,
        depth: int,
        inner: Callable[[Node, Scope, int], Kind | None],
    ) -> Kind | None:
        """`Optional[…]`, `list[…]`, `… | …` and the like."""
        if depth == 0:
            self.cuts += 1
            return None
        parts = argument_nodes(node)
        if node.type == "binary_operator":
            name = "Union"
        elif node.type in ("generic_type", "subscript") and len(parts) > 1:
            name = text(parts[0]).rpartition(".")[2]
            parts = parts[1:]
            if parts[0].type == "type_parameter":
                parts = argument_nodes(parts[0])
        else:
            return None
        given = [part for part in parts if text(part) != "None"]
        kinds = [inner(part, scope, depth - 1) for part in given if text(part) != "..."]
        if name in ("Optional", "Union", "Annotated", "ClassVar", "Final"):
            kinds = kinds[:1] if name == "Annotated" else kinds
            return self.or_none(self.joined(set(kinds), depth), name in ("Optional", "Union"))
        if name in ("Tuple", "tuple") and "..." not in map(text, given):
            return Kind("items", items=tuple(kinds))
        if name in _COLLECTIONS and len(kinds) == 1:
            return Kind("collection", items=(kinds[0],))
        if name in _MAPPINGS and len(kinds) == 2:
            return Kind("mapping", items=(kinds[1],))
        return None

    def attribute(self, node: Node, scope: Scope, depth: int) -> Kind | None:
        for name in self.module.names_of(node, scope):
            found = self.public(name) or self.imported(name)
            if found is not None:
                return found
        inner = node.child_by_field_name("object")
        attribute = node.child_by_field_name("attribute")
        if inner is None or attribute is None:
            return None
        narrowed = self.narrowed(node, scope, depth)
        if narrowed is not None:
            return narrowed
        owner = self.kind(inner, scope, depth)
        name = text(attribute)
        if owner is None:
            return None
        if owner.type in ("object", "class"):
            return self.member(owner, name, depth)
        if owner.is_tensor and name in ("T", "real"):
            return owner
        return None

    def member(self, owner: Kind, name: str, depth: int) -> Kind | None:
        """What an attribute of an instance or class holds."""
        is_object = owner.type == "object"
        for cls in self.local_classes(owner.scope, depth) if owner.scope is not None else ():
            bindings = [*cls.bindings.get(name, ())]
            if is_object and any(one.kind is BindingKind.FUNCTION for one in bindings):
                return self.property_value(bindings, depth)
            bindings += cls.attributes.get(name, ()) if is_object else ()
            if bindings:
                declared = {self.declared(one, depth) for one in bindings} - {None}
                return declared.pop() if len(declared) == 1 else self.one_of(bindings, depth)
        if not is_object or name in owner.members:
            return None
        return self.library_member(owner, name)

    def property_value(self, bindings: Sequence[Binding], depth: int) -> Kind | None:
        for binding in bindings:
            names = [text(one) for one in binding.inner.decorators] if binding.inner else []
            if any(name.endswith("property") for name in names) and binding.inner is not None:
                return self.returned(binding.inner, depth)
        return None

    def library_member(self, owner: Kind, name: str) -> Kind | None:
        for base, members in _MEMBERS.items():
            if name in members and owner.is_a(base):
                path = members[name]
                if path.endswith("[]"):
                    return Kind("collection", items=(self.instance_of(path[:-2]),))
                return self.instance_of(path)
        return None

    def part(self, node: Node, scope: Scope, depth: int) -> Kind | None:
        """What a loop over the value of `node` goes over, or some index gives."""
        whole = self.kind(node, scope, depth)
        if whole is None or whole.type not in ("items", "collection", "mapping"):
            return None
        kinds = set(whole.items)
        name = text(node).rpartition(".")[2]
        for value, where in self.module.fact("stores", _stores).get(name, ()):
            kinds.add(self.kind(value, where, depth) if value is not None else None)
        return self.joined(kinds, depth)

    def public(self, name: str) -> Kind | None:
        """The kind of a public name of Keras or TensorFlow."""
        path = canonical(name)
        if path is not None and path.endswith(".OptimizerV2"):
            path = "keras.optimizers.Optimizer"
        # What is private in Keras 3 may have members that its public names haven't.
        private = path is not None and not path.startswith("keras.src.")
        found = (public if private else symbol)(path) if path is not None else None
        if found is not None and found.kind == "class":
            return Kind("class", name=found.path, bases=frozenset(found.bases))
        if name in _TENSORFLOW_CLASSES:
            return Kind("class", name=name, bases=frozenset((name,)))
        return None

    def imported(self, name: str) -> Kind | None:
        """What another file of the project has under a name."""
        if self.module.others is None or not name.strip("."):
            return None
        return self.module.others.kind_named(name, self.module.filename)

    def installed(self, name: str) -> Kind | None:
        """The class of an installed package."""
        if self.module.others is None or not name.strip("."):
            return None
        return self.module.others.installed_class(name, self.module.filename)

    def named(self, name: str) -> Kind | None:
        return self.public(name) or self.imported(name) or self.installed(name)

    def exported(self, name: str) -> Kind | None:
        bindings = self.module.scope.reaching(name, self.module.scope.node.end_byte)
        found = self.one_of(bindings, _DEPTH)
        if found is None and all(one.kind is BindingKind.IMPORT for one in bindings):
            # Of alternative imports not all lead to something that is installed.
            known = {self.named(one.target) for one in bindings if one.target is not None} - {None}
            found = known.pop() if len(known) == 1 else None
        return self.portable(found) if found is not None else None

    def portable(self, kind: Kind) -> Kind | None:
        """What is known of a value without the module that it comes from."""
        if kind.type in ("class", "object"):
            return replace(kind, scope=None, members=self.defined(kind, _DEPTH))
        if kind.type == "function" and kind.scope is not None:
            result = self.returned(kind.scope, _DEPTH)
            known = self.portable(result) if result is not None else None
            return Kind("function", items=(known,)) if known is not None else None
        return None

    def instance_of(self, path: str) -> Kind:
        found = symbol(path)
        assert found is not None
        return Kind("object", name=path, bases=frozenset(found.bases))

    def local_class(self, scope: Scope, depth: int) -> Kind:
        bases: set[str] = set()
        members: set[str] = set()
        for base in self.base_classes(scope, depth):
            bases |= base.bases
            members |= base.members
        return Kind("class", scope=scope, bases=frozenset(bases), members=frozenset(members))

    def local_classes(self, scope: Scope, depth: int) -> Sequence[Scope]:
        found = [scope]
        for cls in found:
            for base in self.base_classes(cls, depth):
                if base.scope is not None and base.scope not in found:
                    found.append(base.scope)
        return found

    def base_classes(self, scope: Scope, depth: int) -> Iterator[Kind]:
        arguments = scope.node.child_by_field_name("superclasses")
        for base in argument_nodes(arguments) if arguments is not None else ():
            if base.type == "keyword_argument" or scope.parent is None:
                continue
            found = self.kind(base, scope.parent, depth)
            for name in self.module.names_of(base, scope.parent) if found is None else ():
                found = found or self.installed(name)
            if found is not None and found.type == "class":
                yield found

    def defined(self, kind: Kind, depth: int) -> frozenset[str]:
        """The names that a class, or that of an object, has from outside of libraries."""
        names = set(kind.members)
        for cls in self.local_classes(kind.scope, depth) if kind.scope is not None else ():
            names.update(cls.bindings, cls.attributes)
        return frozenset(names)

    def parent(self, arguments: Node, scope: Scope, depth: int) -> Kind | None:
        """What `super()` is, as far as the class's own bases are concerned."""
        owner = next((one.parent for one in scope.enclosing() if one.method_class()), None)
        given = argument_nodes(arguments)
        named = self.kind(given[0], scope, depth) if given else None
        if named is not None and named.type == "class" and named.scope is not None:
            owner = named.scope
        if owner is None:
            return None
        bases: set[str] = set()
        members: set[str] = set()
        inherited: Scope | None = None
        for base in self.base_classes(owner, depth):
            bases |= base.bases
            if inherited is None and base.scope is not None:
                inherited = base.scope
                members |= base.members
            else:
                members |= self.defined(base, depth)
        return Kind("object", scope=inherited, bases=frozenset(bases), members=frozenset(members))

    # Calls

    def call(self, node: Node, scope: Scope, depth: int) -> Kind | None:
        function = node.child_by_field_name("function")
        arguments = node.child_by_field_name("arguments")
        if function is None or arguments is None:
            return None
        builtin = text(function) if function.type == "identifier" else ""
        if builtin in _BUILTINS and scope.holder(builtin) is None:
            return self.builtin_call(builtin, arguments, scope, depth)
        for name in self.module.names_of(function, scope):
            found = self.library_call(name, node, arguments, scope, depth)
            if found is not None:
                return found
        called = self.kind(function, scope, depth)
        if called is not None and called.type == "class":
            return self.instance(called)
        if called is not None and called.is_a("keras.layers.Layer"):
            first = self.same_as_first(arguments, scope, depth)
            symbolic = first is not None and first.type == "keras_tensor"
            return Kind("keras_tensor" if symbolic else "tensor")
        if called is not None and called.type == "function":
            return called.items[0] if called.scope is None else self.returned(called.scope, depth)
        return self.method(function, scope, depth)

    def builtin_call(self, name: str, arguments: Node, scope: Scope, depth: int) -> Kind | None:
        if name == "super":
            return self.parent(arguments, scope, depth)
        parts = [self.part(one, scope, depth) for one in argument_nodes(arguments)]
        if name == "zip":
            return Kind("collection", items=(Kind("items", items=tuple(parts)),))
        if not parts or parts[0] is None:
            return None
        if name == "enumerate":
            count = Kind("literal", dtype="int")
            return Kind("collection", items=(Kind("items", items=(count, parts[0])),))
        return Kind("collection", items=(parts[0],))

    def library_call(
        self, name: str, node: Node, arguments: Node, scope: Scope, depth: int
    ) -> Kind | None:
        path = canonical(name)
        if path in ("keras.Input", "keras.layers.Input"):
            return Kind("keras_tensor", dtype=self.dtype_argument(arguments, "float", scope))
        if path is not None and path in _MADE_TENSORS:
            dtype = self.dtype_argument(arguments, _MADE_TENSORS[path], scope)
            return Kind("tensor", dtype=dtype)
        if path == "keras.ops.ndim":
            return Kind("literal", dtype="int")
        if path == "keras.ops.shape":
            return Kind("collection", items=(Kind("literal", dtype="int"),))
        if path in _TO_NUMPY:
            return Kind("array")
        if path is not None and path.startswith("keras.ops."):
            first = self.same_as_first(arguments, scope, depth)
            return first or (Kind("tensor") if path == "keras.ops.convert_to_tensor" else None)
        if path is not None and path in _FUNCTIONS:
            return self.instance_of(_FUNCTIONS[path])
        if path is not None and symbol(path) is not None and _builds_model(path):
            return self.instance_of("keras.Model")
        if f"{name}.".startswith(_DATASETS):
            return Kind("dataset")
        if name.startswith("numpy.") and name.rpartition(".")[2] in _NUMPY_FLOATS:
            return Kind("array", dtype="float")
        if name.startswith("numpy.") and name.rpartition(".")[2] in _NUMPY_ARRAYS:
            return Kind("array")
        row = op(name)
        if row is not None and not name.startswith("keras."):
            return self.op_result(row.results, arguments, scope, depth)
        return None

    def op_result(
        self, results: Mapping[str, str], arguments: Node, scope: Scope, depth: int
    ) -> Kind | None:
        dtype = self.dtype_argument(arguments, None, scope)
        if dtype is None and len(set(results.values())) == 1:
            dtype = next(iter(results.values()))
        first = self.same_as_first(arguments, scope, depth)
        if dtype is None and first is not None and first.dtype is not None:
            dtype = results.get(first.dtype)
        symbolic = first is not None and first.type == "keras_tensor"
        return Kind("keras_tensor" if symbolic else "tensor", dtype=dtype)

    def same_as_first(self, arguments: Node, scope: Scope, depth: int) -> Kind | None:
        given = argument_nodes(arguments)
        if not given:
            return None
        node = given[0]
        if node.type == "keyword_argument":
            value = node.child_by_field_name("value")
            if value is None:
                return None
            node = value
        first = self.kind(node, scope, depth)
        if first is None:
            return Kind("tensor")
        return Kind("keras_tensor" if _is_symbolic(first) else "tensor", dtype=first.dtype)

    def dtype_argument(self, arguments: Node, default: str | None, scope: Scope) -> str | None:
        """The dtype class that a call's arguments name."""
        for argument in argument_nodes(arguments):
            if argument.type == "keyword_argument":
                name = argument.child_by_field_name("name")
                value = argument.child_by_field_name("value")
                if name is None or value is None or text(name) != "dtype":
                    continue
                return self.dtype_class(value, scope)
            if argument.type == "attribute":
                found = self.dtype_class(argument, scope)
                if found is not None:
                    return found
        return default

    def dtype_class(self, node: Node, scope: Scope) -> str | None:
        names = self.module.names_of(node, scope)
        last = names[0].rpartition(".")[2] if names else text(node).strip("'\"")
        if names and not names[0].startswith(("tensorflow.", "numpy.")):
            return None
        return _dtype_class(last)

    def returned(self, scope: Scope, depth: int) -> Kind | None:
        if scope.is_generator or any(child.type == "async" for child in scope.node.children):
            return None
        values = [node for node in scope.returns if unparenthesized(node).type != "none"]
        kind = self.joined({self.kind(node, scope, depth) for node in values}, depth)
        annotation = scope.node.child_by_field_name("return_type")
        if kind is None and annotation is not None and scope.parent is not None:
            kind = self.annotated(annotation, scope.parent, depth)
        return self.or_none(kind, len(values) < len(scope.returns))

    def instance(self, cls: Kind) -> Kind:
        if cls.name == "tensorflow.Tensor":
            return Kind("tensor")
        if cls.name == "tensorflow.data.Dataset":
            return Kind("dataset")
        if cls.name == "tensorflow.Variable":
            return Kind("tensor", name=cls.name, bases=cls.bases)
        return Kind("object", name=cls.name, scope=cls.scope, bases=cls.bases, members=cls.members)

    def method(self, function: Node, scope: Scope, depth: int) -> Kind | None:
        if function.type != "attribute":
            return None
        inner = function.child_by_field_name("object")
        attribute = function.child_by_field_name("attribute")
        owner = self.kind(inner, scope, depth) if inner is not None else None
        if owner is None or attribute is None:
            return None
        name = text(attribute)
        if owner.type == "dataset":
            return owner if name in _DATASET_METHODS else None
        if owner.type == "tensor" and name == "numpy":
            return Kind("array", dtype=owner.dtype)
        if owner.type == "mapping" and name in ("values", "items") and inner is not None:
            value = self.part(inner, scope, depth)
            if name == "items":
                value = Kind("items", items=(None, value))
            return Kind("collection", items=(value,))
        if owner.type not in ("object", "class"):
            return None
        for cls in self.local_classes(owner.scope, depth) if owner.scope is not None else ():
            bound = cls.bindings.get(name)
            if bound:
                called = bound[-1].inner
                return self.returned(called, depth) if called is not None else None
        if name in owner.members:
            return None
        if name == "from_config" and owner.type == "class" and owner.bases:
            return self.instance(owner)
        if owner.type == "class":
            return None
        if name in ("add_weight", "add_variable") and owner.is_a("keras.layers.Layer"):
            return Kind("tensor")
        return self.library_member(owner, f"{name}()")

    # Operators

    def binary_operator(self, node: Node, scope: Scope, depth: int) -> Kind | None:
        left = node.child_by_field_name("left")
        right = node.child_by_field_name("right")
        operator = node.child_by_field_name("operator")
        if left is None or right is None or operator is None:
            return None
        sides = (self.kind(left, scope, depth), self.kind(right, scope, depth))
        return _combined(sides, text(operator))

    def augmented_assignment(self, node: Node, scope: Scope, depth: int) -> Kind | None:
        left = node.child_by_field_name("left")
        right = node.child_by_field_name("right")
        operator = node.child_by_field_name("operator")
        if left is None or right is None or operator is None:
            return None
        sides = (self.kind(left, scope, depth), self.kind(right, scope, depth))
        return _combined(sides, text(operator).rstrip("="))

    def unary_operator(self, node: Node, scope: Scope, depth: int) -> Kind | None:
        argument = node.child_by_field_name("argument")
        return self.kind(argument, scope, depth) if argument is not None else None

    def comparison_operator(self, node: Node, scope: Scope, depth: int) -> Kind | None:
        operators = node.children_by_field_name("operators")
        if any(operator.type in _PYTHON_COMPARISONS for operator in operators):
            return None
        for side in argument_nodes(node):
            found = self.kind(side, scope, depth)
            if found is not None and found.is_tensor:
                return Kind(found.type, dtype="bool")
        return None

    def subscript(self, node: Node, scope: Scope, depth: int) -> Kind | None:
        value = node.child_by_field_name("value")
        index = node.child_by_field_name("subscript")
        whole = self.kind(value, scope, depth) if value is not None else None
        if whole is None or value is None or index is None:
            return None
        if whole.is_tensor or whole.type == "array":
            return Kind(whole.type, dtype=whole.dtype)
        if whole.type not in ("items", "collection", "mapping"):
            return None
        if index.type == "slice":
            return Kind("collection", items=(self.part(value, scope, depth),))
        return self.part(value, scope, depth)

    def conditional_expression(self, node: Node, scope: Scope, depth: int) -> Kind | None:
        parts = argument_nodes(node)
        if len(parts) != 3:
            return None
        values = [part for part in (parts[0], parts[2]) if part.type != "none"]
        kind = self.joined({self.kind(value, scope, depth) for value in values}, depth)
        return self.or_none(kind, len(values) < 2)

    def named_expression(self, node: Node, scope: Scope, depth: int) -> Kind | None:
        value = node.child_by_field_name("value")
        return self.kind(value, scope, depth) if value is not None else None


_HANDLED = frozenset(
    "integer float true false string concatenated_string list tuple expression_list"
    " dictionary list_comprehension generator_expression dictionary_comprehension identifier"
    " attribute call binary_operator augmented_assignment unary_operator comparison_operator"
    " subscript conditional_expression named_expression".split()
)
_VALUED = (BindingKind.ASSIGNMENT, BindingKind.AUGMENTED)
_OBJECTS = frozenset(("object", "class", "collection", "mapping"))
_BUILTINS = frozenset("super zip enumerate reversed list tuple sorted".split())
_COLLECTIONS = frozenset(
    "List list Tuple tuple Set set FrozenSet frozenset Sequence MutableSequence Iterable Iterator"
    " Collection Deque deque".split()
)
_MAPPINGS = frozenset(
    "Dict dict Mapping MutableMapping OrderedDict DefaultDict defaultdict".split()
)

# Classes of which a function that has one as its default takes others too, the special ones first.
# Attributes that only Keras's objects have: a parameter that one is taken from is of the class.
_TELLING = {
    "keras.Model": frozenset(
        "get_layer layers train_on_batch test_on_batch predict_on_batch load_weights save_weights"
        " fit_generator predict_generator evaluate_generator compiled_loss compiled_metrics".split()
    ),
    "keras.layers.Layer": frozenset(
        "get_weights set_weights trainable_weights non_trainable_weights count_params".split()
    ),
}
_FAMILIES = (
    "keras.Model",
    "keras.metrics.Metric",
    "keras.layers.Layer",
    "keras.optimizers.Optimizer",
    "keras.callbacks.Callback",
)
# What attributes of Keras's objects hold, and what calls of their methods give: an instance of a
# class, or with `[]` a list of such.
_MEMBERS = {
    "keras.Model": {
        "optimizer": "keras.optimizers.Optimizer",
        "layers": "keras.layers.Layer[]",
        "metrics": "keras.metrics.Metric[]",
        "get_layer()": "keras.layers.Layer",
    },
    "keras.layers.Wrapper": {"layer": "keras.layers.Layer"},
    "keras.layers.Bidirectional": {
        "forward_layer": "keras.layers.Layer",
        "backward_layer": "keras.layers.Layer",
    },
    "keras.layers.RNN": {"cell": "keras.layers.Layer"},
    "keras.callbacks.Callback": {"model": "keras.Model"},
}
# What functions give an instance of.
_FUNCTIONS = {
    "keras.models.load_model": "keras.Model",
    "keras.models.clone_model": "keras.Model",
    "keras.models.model_from_config": "keras.Model",
    "keras.models.model_from_json": "keras.Model",
    "keras.models.model_from_yaml": "keras.Model",
    "keras.utils.multi_gpu_model": "keras.Model",
    "keras.optimizers.get": "keras.optimizers.Optimizer",
    "keras.optimizers.deserialize": "keras.optimizers.Optimizer",
    "keras.layers.deserialize": "keras.layers.Layer",
}
_TENSORFLOW_CLASSES = frozenset(
    "tensorflow." + name for name in "Tensor Variable TensorShape Module data.Dataset".split()
)
_DATASETS = tuple(
    f"tensorflow.data.{name}."
    for name in "Dataset TFRecordDataset TextLineDataset FixedLengthRecordDataset".split()
)
_PYTHON_COMPARISONS = frozenset(("is", "is not", "in", "not in"))
# What makes a tensor of other things than tensors, and of which dtype if none is asked for.
_MADE_TENSORS = {
    f"keras.{name}": "float"
    for name in "ops.eye ops.identity ops.ones ops.zeros random.beta random.binomial random.gamma"
    " random.normal random.truncated_normal random.uniform".split()
} | {"keras.random.categorical": "int", "keras.random.randint": "int"}
_TO_NUMPY = ("keras.ops.convert_to_numpy", "keras.backend.get_value", "keras.backend.eval")
_NUMPY_ARRAYS = frozenset("arange array asarray eye full ones zeros".split())
_NUMPY_FLOATS = frozenset("rand randn uniform normal random_sample linspace".split())


def _builds_model(path: str) -> bool:
    # The others are helpers, as `preprocess_input`.
    return path.startswith("keras.applications.") and path.rpartition(".")[2][0].isupper()


def _calls_of_functions(module: Module) -> Mapping[int, list[tuple[Node, Scope]]]:
    """The calls of each function of the module by its name, by the identity of its scope."""
    found: dict[int, list[tuple[Node, Scope]]] = {}
    for item in module.items:
        for call, scope in item.calls:
            function = call.child_by_field_name("function")
            if function is None or function.type != "identifier":
                continue
            for binding in scope.reaching(text(function), function.start_byte):
                if binding.kind is BindingKind.FUNCTION and binding.inner is not None:
                    found.setdefault(id(binding.inner), []).append((call, scope))
    return found


def _argument(call: Node, parameter: Binding) -> Node | None:
    """The argument of a call that is given for a parameter."""
    arguments = call.child_by_field_name("arguments")
    parameters = parameter.scope.node.child_by_field_name("parameters")
    if arguments is None or parameters is None:
        return None
    places = [
        one.start_byte <= parameter.node.start_byte < one.end_byte
        for one in (argument_nodes(parameters))
    ]
    for index, argument in enumerate(argument_nodes(arguments)):
        name = argument.child_by_field_name("name")
        if argument.type == "keyword_argument" and name is not None:
            if text(name) == parameter.name:
                return argument.child_by_field_name("value")
        elif argument.type in ("list_splat", "dictionary_splat"):
            return None
        elif index < len(places) and places[index]:
            return argument
    return None


def _takes_value(binding: Binding) -> bool:
    return binding.kind is BindingKind.ASSIGNMENT and binding.item is None


def _comprehensions(module: Module) -> Mapping[int, Scope]:
    """The scopes of comprehensions by their nodes."""
    return {
        scope.node.id: scope
        for item in module.items
        for scope in item.scopes
        if scope.kind is ScopeKind.COMPREHENSION
    }


def _stores(module: Module) -> Mapping[str, list[tuple[Node | None, Scope]]]:
    """What is put into the lists and dictionaries of each name, None for what isn't known."""
    found: dict[str, list[tuple[Node | None, Scope]]] = {}
    for item in module.items:
        for target, value, scope in item.items_set:
            whole = target.child_by_field_name("value")
            index = target.child_by_field_name("subscript")
            if whole is not None:
                name = text(whole).rpartition(".")[2]
                sliced = index is not None and index.type == "slice"
                found.setdefault(name, []).append((None if sliced else value, scope))
        for reference in item.references:
            method = reference.names[-1]
            if reference.call is None or len(reference.names) < 2 or method not in _STORING:
                continue
            arguments = reference.call.child_by_field_name("arguments")
            given = argument_nodes(arguments) if arguments is not None else []
            value = given[-1] if given and method in ("append", "insert") else None
            found.setdefault(reference.names[-2], []).append((value, reference.scope))
    return found


_STORING = frozenset("append insert extend appendleft update setdefault add".split())


def _attributes_by_name(module: Module) -> dict[tuple[int, str], set[str]]:
    """The attributes that are taken from each name, by the identity of the scope that has it."""
    found: dict[tuple[int, str], set[str]] = {}
    for reference in module.references:
        if len(reference.names) > 1 and reference.names[0]:
            holder = reference.scope.holder(reference.names[0])
            if holder is not None:
                found.setdefault((id(holder), reference.names[0]), set()).add(reference.names[1])
    return found


def _combined(sides: tuple[Kind | None, Kind | None], operator: str) -> Kind | None:
    tensors = [side for side in sides if side is not None and side.is_tensor]
    if not tensors:
        if all(side is not None and side.type == "literal" for side in sides):
            dtypes = {side.dtype for side in sides if side is not None}
            widest = (name for name in ("string", "complex", "float") if name in dtypes)
            return Kind("literal", dtype=next(widest, "float" if operator == "/" else "int"))
        if all(side is not None and side.type in ("array", "literal") for side in sides):
            return Kind("array")
        return None
    symbolic = any(side.type == "keras_tensor" for side in tensors)
    # The other side of an operator takes a tensor's dtype, or TensorFlow refuses the two.
    dtype = next((side.dtype for side in tensors if side.dtype is not None), None)
    if operator == "/" and dtype == "int":
        dtype = "float"
    return Kind("keras_tensor" if symbolic else "tensor", dtype=dtype)


def _is_symbolic(kind: Kind) -> bool:
    if kind.type == "items":
        return any(item is not None and _is_symbolic(item) for item in kind.items)
    return kind.type == "keras_tensor"


@lru_cache
def _dtype_class(name: str) -> str | None:
    if name in _FLOAT_NAMES:
        return "float"
    if name.startswith(("int", "uint")) and name.lstrip("uint").isdecimal():
        return "int"
    if name.startswith("complex"):
        return "complex"
    return name if name in ("bool", "string") else None
