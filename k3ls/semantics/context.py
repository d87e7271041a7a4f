"""Context: where code stands. In a layer's `call`, in a function that tf.data runs, …"""

from __future__ import annotations

from tree_sitter import Node

from k3ls.semantics.kinds import Kind, class_kind, kind_of
from k3ls.semantics.module import Module
from k3ls.semantics.scopes import BindingKind, Scope, ScopeKind
from k3ls.syntax import argument_nodes, text

# Methods of tf.data.Dataset that take a function, and those among them that only it has.
_DATASET_CALLS = frozenset(
    "map filter flat_map interleave reduce scan take_while group_by_window apply"
    " from_generator".split()
)
_STEPS = frozenset(("train_step", "test_step", "predict_step"))


def enclosing_class(module: Module, scope: Scope) -> Kind | None:
    """The class whose method the code of `scope` is in."""
    for one in scope.enclosing():
        owner = one.method_class()
        if owner is not None:
            return class_kind(module, owner)
    return None


def method_name(scope: Scope) -> str | None:
    """The name of the method the code of `scope` is in, inner functions included."""
    for one in scope.enclosing():
        if one.method_class() is not None:
            return one.name
    return None


def in_layer_call(module: Module, scope: Scope) -> bool:
    """Whether the code runs as part of `call` of a Keras layer or model."""
    owner = enclosing_class(module, scope)
    return (
        owner is not None
        and owner.is_a("keras.layers.Layer", "keras.Model")
        and method_name(scope) == "call"
    )


def in_step(module: Module, scope: Scope) -> bool:
    """Whether the code is in a model's `train_step`, `test_step` or `predict_step`."""
    owner = enclosing_class(module, scope)
    return owner is not None and owner.is_a("keras.Model") and method_name(scope) in _STEPS


def in_tf_function(module: Module, scope: Scope) -> bool:
    """Whether the code is in a function under `@tf.function`."""
    for one in scope.enclosing():
        for decorator in one.decorators:
            node = decorator
            if node.type == "call":
                node = node.child_by_field_name("function") or node
            if one.parent is not None and "tensorflow.function" in module.names_of(
                node, one.parent
            ):
                return True
    return False


def stays_tensorflow(module: Module, scope: Scope) -> bool:
    """Whether the code is run by tf.data, which stays TensorFlow on every backend."""
    pipeline = pipeline_functions(module)
    return any(id(one) in pipeline for one in scope.enclosing())


def pipeline_functions(module: Module) -> set[int]:
    """The functions and lambdas that tf.data runs, and those they call, by identity."""
    return module.fact("pipeline functions", _pipeline_functions)


def _pipeline_functions(module: Module) -> set[int]:
    found: dict[int, Scope] = {}
    lambdas = {
        scope.node.id: scope
        for item in module.items
        for scope in item.functions
        if scope.kind is ScopeKind.LAMBDA
    }
    for item in module.items:
        for call, scope in item.calls:
            for node in _functions_handed_to_dataset(module, call, scope):
                for function in _function_scopes(module, node, scope, lambdas):
                    found[id(function)] = function
    queue = list(found.values())
    calls = [(call, scope) for item in module.items for call, scope in item.calls]
    while queue:
        current = queue.pop()
        for call, scope in calls:
            if current not in scope.enclosing():
                continue
            callee = call.child_by_field_name("function")
            if callee is None:
                continue
            for function in _function_scopes(module, callee, scope, lambdas):
                if id(function) not in found:
                    found[id(function)] = function
                    queue.append(function)
    return set(found)


def _functions_handed_to_dataset(module: Module, call: Node, scope: Scope) -> list[Node]:
    function = call.child_by_field_name("function")
    arguments = call.child_by_field_name("arguments")
    if function is None or arguments is None or function.type != "attribute":
        return []
    attribute = function.child_by_field_name("attribute")
    owner = function.child_by_field_name("object")
    if attribute is None or owner is None or text(attribute) not in _DATASET_CALLS:
        return []
    kind = kind_of(module, owner, scope)
    if kind is not None and kind.type != "dataset":
        return []
    nodes = []
    for argument in argument_nodes(arguments):
        value = argument
        if argument.type == "keyword_argument":
            value = argument.child_by_field_name("value") or argument
        if value.type == "call":
            # functools.partial(function, …)
            inner = value.child_by_field_name("arguments")
            handed = argument_nodes(inner)[:1] if inner is not None else []
            nodes += handed
        nodes.append(value)
    return nodes


def _function_scopes(
    module: Module, node: Node, scope: Scope, lambdas: dict[int, Scope]
) -> list[Scope]:
    """The local functions that an expression stands for."""
    if node.type == "lambda":
        return [lambdas[node.id]] if node.id in lambdas else []
    if node.type == "identifier":
        return [
            binding.inner
            for binding in scope.reaching(text(node), node.start_byte)
            if binding.kind is BindingKind.FUNCTION and binding.inner is not None
        ]
    if node.type == "attribute":
        owner_node = node.child_by_field_name("object")
        name = node.child_by_field_name("attribute")
        owner = kind_of(module, owner_node, scope) if owner_node is not None else None
        if owner is not None and owner.scope is not None and name is not None:
            return [
                binding.inner
                for binding in owner.scope.bindings.get(text(name), ())
                if binding.kind is BindingKind.FUNCTION and binding.inner is not None
            ]
    return []
