"""Kinds: what a value is, as far as the code says.

A kind is found by following names to what bound them; nothing is guessed. The dtype of a tensor
is one of the classes `float`, `int`, `bool`, `complex` and `string`, or None where it isn't known.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from tree_sitter import Node

from k3ls.knowledge.ops import op
from k3ls.knowledge.symbols import canonical, symbol
from k3ls.semantics.module import Module
from k3ls.semantics.scopes import Binding, BindingKind, Scope
from k3ls.syntax import argument_nodes, text, unparenthesized

_DEPTH = 20

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
        items: the kinds of the parts.
        members: of an instance or class, what classes of other files that it derives from define.
    """

    type: str
    dtype: str | None = None
    name: str | None = None
    scope: Scope | None = None
    bases: frozenset[str] = frozenset()
    items: tuple[Kind | None, ...] = ()
    members: frozenset[str] = frozenset()

    def is_a(self, *paths: str) -> bool:
        """Whether this is an instance of, or derived from, one of the public classes."""
        return any(path in self.bases for path in paths)

    @property
    def is_tensor(self) -> bool:
        return self.type in ("tensor", "keras_tensor")


def kind_of(module: Module, node: Node, scope: Scope) -> Kind | None:
    """What the expression `node`, evaluated in `scope`, gives; None if it isn't known."""
    return _Evaluator(module).kind(node, scope, _DEPTH)


def class_kind(module: Module, scope: Scope) -> Kind:
    """The class that `scope` is the body of."""
    return _Evaluator(module).local_class(scope, _DEPTH)


def local_classes(module: Module, scope: Scope) -> Sequence[Scope]:
    """The class that `scope` is the body of, and the classes of this module it derives from."""
    return _Evaluator(module).local_classes(scope, _DEPTH)


def defines(module: Module, kind: Kind, name: str) -> bool:
    """Whether the class of an object defines `name` itself, or inherits it from a class that is in
    no library."""
    if name in kind.members:
        return True
    classes = local_classes(module, kind.scope) if kind.scope is not None else ()
    return any(name in scope.bindings or name in scope.attributes for scope in classes)


class _Evaluator:
    def __init__(self, module: Module) -> None:
        self.module = module
        self.known: dict[int, Kind | None] = {}
        self.pending: set[int] = set()

    def kind(self, node: Node, scope: Scope, depth: int) -> Kind | None:
        if depth == 0:
            return None
        node = unparenthesized(node)
        if node.type not in _HANDLED:
            return None
        if node.id not in self.known and node.id not in self.pending:
            self.pending.add(node.id)
            self.known[node.id] = getattr(self, node.type)(node, scope, depth - 1)
            self.pending.remove(node.id)
        return self.known.get(node.id)

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
            return Kind("items")
        return Kind("items", dtype=dtype, items=items)

    tuple = list
    expression_list = list

    # Names

    def identifier(self, node: Node, scope: Scope, depth: int) -> Kind | None:
        bindings = scope.reaching(text(node), node.start_byte)
        if not bindings:
            # From a star import, if anything.
            names = self.module.names_of(node, scope)
            return self.public(names[0]) if names else None
        return self.one_of(bindings, depth)

    def one_of(self, bindings: Sequence[Binding], depth: int) -> Kind | None:
        # In a loop a value may come from itself: it is then what it began as, or isn't known.
        kinds = {
            self.binding(binding, depth)
            for binding in bindings
            if binding.value is None or unparenthesized(binding.value).id not in self.pending
        }
        if len(kinds) == 1:
            return kinds.pop()
        if None not in kinds and len({kind.type for kind in kinds if kind is not None}) == 1:
            first = next(iter(kinds))
            return Kind(first.type) if first is not None and first.is_tensor else None
        return None

    def binding(self, binding: Binding, depth: int) -> Kind | None:
        if depth == 0:
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
        if kind not in (BindingKind.ASSIGNMENT, BindingKind.AUGMENTED) or binding.value is None:
            return None
        whole = self.kind(binding.value, binding.scope, depth)
        if binding.item is None or whole is None:
            return whole
        if whole.type == "items" and 0 <= binding.item < len(whole.items):
            return whole.items[binding.item]
        return None

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
        if binding.annotation is not None and binding.annotation.named_children:
            annotated = self.kind(binding.annotation.named_children[0], function.parent, depth)
            if annotated is not None and annotated.type == "class":
                return self.instance(annotated)
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
        owner = self.kind(inner, scope, depth)
        name = text(attribute)
        if owner is None:
            return None
        if owner.type == "object" and owner.scope is not None:
            for cls in self.local_classes(owner.scope, depth):
                if name in cls.attributes:
                    return self.one_of(cls.attributes[name], depth)
        if owner.is_tensor and name in ("T", "real"):
            return owner
        return None

    def public(self, name: str) -> Kind | None:
        """The kind of a public name of Keras or TensorFlow."""
        path = canonical(name)
        found = symbol(path) if path is not None else None
        if found is not None and found.kind == "class":
            return Kind("class", name=found.path, bases=frozenset(found.bases))
        if name in _TENSORFLOW_CLASSES:
            return Kind("class", name=name, bases=frozenset((name,)))
        return None

    def imported(self, name: str) -> Kind | None:
        """The class of another file of the project."""
        if self.module.others is None or not name.strip("."):
            return None
        found = self.module.others.class_named(name, self.module.filename)
        return None if found is None else Kind("class", bases=found.bases, members=found.members)

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
            if found is not None and found.type == "class":
                yield found

    # Calls

    def call(self, node: Node, scope: Scope, depth: int) -> Kind | None:
        function = node.child_by_field_name("function")
        arguments = node.child_by_field_name("arguments")
        if function is None or arguments is None:
            return None
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
        if called is not None and called.type == "function" and called.scope is not None:
            return self.returned(called.scope, depth)
        return self.method(function, scope, depth)

    def library_call(
        self, name: str, node: Node, arguments: Node, scope: Scope, depth: int
    ) -> Kind | None:
        path = canonical(name)
        if path in ("keras.Input", "keras.layers.Input"):
            return Kind("keras_tensor", dtype=self.dtype_argument(arguments, "float", scope))
        if path is not None and path.startswith("keras.ops."):
            return self.same_as_first(arguments, scope, depth)
        if f"{name}.".startswith(_DATASETS):
            return Kind("dataset")
        if name.startswith("numpy.") and name.rpartition(".")[2] in _NUMPY_FLOATS:
            return Kind("array", dtype="float")
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
        kinds = {self.kind(node, scope, depth) for node in scope.returns}
        return kinds.pop() if len(kinds) == 1 else None

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
        if owner.type == "object" and owner.scope is not None:
            for cls in self.local_classes(owner.scope, depth):
                bound = cls.bindings.get(name)
                if bound:
                    called = bound[-1].inner
                    return self.returned(called, depth) if called is not None else None
            if name in ("add_weight", "add_variable") and owner.is_a("keras.layers.Layer"):
                return Kind("tensor")
        return None

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
        whole = self.kind(value, scope, depth) if value is not None else None
        if whole is None:
            return None
        if whole.is_tensor or whole.type == "array":
            return Kind(whole.type, dtype=whole.dtype)
        return None

    def conditional_expression(self, node: Node, scope: Scope, depth: int) -> Kind | None:
        parts = argument_nodes(node)
        if len(parts) != 3:
            return None
        kinds = {self.kind(parts[0], scope, depth), self.kind(parts[2], scope, depth)}
        return kinds.pop() if len(kinds) == 1 else None


_HANDLED = frozenset(
    "integer float true false string concatenated_string list tuple expression_list identifier"
    " attribute call binary_operator augmented_assignment unary_operator comparison_operator"
    " subscript conditional_expression".split()
)
_TENSORFLOW_CLASSES = frozenset(
    "tensorflow." + name for name in "Tensor Variable TensorShape Module data.Dataset".split()
)
_DATASETS = tuple(
    f"tensorflow.data.{name}."
    for name in "Dataset TFRecordDataset TextLineDataset FixedLengthRecordDataset".split()
)
_PYTHON_COMPARISONS = frozenset(("is", "is not", "in", "not in"))
_NUMPY_FLOATS = frozenset("rand randn uniform normal random_sample linspace".split())


def _combined(sides: tuple[Kind | None, Kind | None], operator: str) -> Kind | None:
    tensors = [side for side in sides if side is not None and side.is_tensor]
    if not tensors:
        if all(side is not None and side.type == "literal" for side in sides):
            dtypes = {side.dtype for side in sides if side is not None}
            widest = (name for name in ("string", "complex", "float") if name in dtypes)
            return Kind("literal", dtype=next(widest, "float" if operator == "/" else "int"))
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
