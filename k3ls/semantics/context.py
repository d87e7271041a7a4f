"""Context: where code stands. In a layer's `call`, in a function that tf.data runs, …"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from tree_sitter import Node

from k3ls.knowledge.symbols import canonical
from k3ls.semantics.kinds import Kind, class_kind, kind_of, local_classes
from k3ls.semantics.module import Module
from k3ls.semantics.scopes import Binding, BindingKind, Scope, ScopeKind
from k3ls.syntax import argument_nodes, text, unparenthesized

# Methods of tf.data.Dataset that take a function.
_DATASET_CALLS = frozenset(
    "map filter flat_map interleave reduce scan take_while group_by_window apply"
    " from_generator".split()
)
_STEPS = frozenset(("train_step", "test_step", "predict_step"))
# Packages whose objects have methods of the same names.
_OTHERS = frozenset("concurrent dask jax multiprocessing numpy pandas polars pyspark torch".split())
# Methods of layers that take shapes.
_SHAPED = frozenset(
    "build compute_output_shape compute_mask compute_output_spec get_initial_state".split()
)
# Methods that Keras 2 ran through AutoGraph, by the classes that have them.
_CONVERTED = {
    "call": ("keras.layers.Layer", "keras.losses.Loss"),
    "update_state": ("keras.metrics.Metric",),
}
_DEPTH = 8


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


def is_shape_parameter(module: Module, node: Node, scope: Scope) -> bool:
    """Whether a name is a shape that Keras calls a method of a layer with, as `build`."""
    if node.type != "identifier" or "shape" not in text(node):
        return False
    bindings = scope.reaching(text(node), node.start_byte)
    if not bindings or any(one.kind is not BindingKind.PARAMETER for one in bindings):
        return False
    owner = enclosing_class(module, scope)
    known = owner is not None and owner.is_a("keras.layers.Layer", "keras.Model")
    return known and method_name(scope) in _SHAPED


def in_step(module: Module, scope: Scope) -> bool:
    """Whether the code is in a model's `train_step`, `test_step` or `predict_step`."""
    owner = enclosing_class(module, scope)
    return owner is not None and owner.is_a("keras.Model") and method_name(scope) in _STEPS


def stays_tensorflow(module: Module, scope: Scope) -> bool:
    """Whether the code is run by tf.data or by an optimizer of TensorFlow 1, which stay TensorFlow
    on every backend."""
    pipeline = pipeline_functions(module)
    optimizers = module.fact("optimizers of TensorFlow", _tensorflow_optimizers)
    return any(id(one) in pipeline or id(one) in optimizers for one in scope.enclosing())


def _tensorflow_optimizers(module: Module) -> set[int]:
    """The classes that derive from an optimizer of TensorFlow 1, by identity."""
    return {
        id(cls)
        for item in module.items
        for cls in item.classes
        for bases in [cls.node.child_by_field_name("superclasses")]
        for base in (argument_nodes(bases) if bases is not None and cls.parent is not None else ())
        for name in module.names_of(base, cls.parent or cls)
        if _OPTIMIZER.fullmatch(name)
    }


_OPTIMIZER = re.compile(
    r"tensorflow\.((compat\.v1\.)?train\.\w*Optimizer|python\.training\.(\w+\.)+\w*Optimizer)"
)


def pipeline_functions(module: Module) -> set[int]:
    """The functions and lambdas that tf.data runs, and those they call, by identity."""
    return module.fact("pipeline functions", _pipeline_functions)


def _pipeline_functions(module: Module) -> set[int]:
    lambdas = module.fact("lambdas", _lambdas)
    handed = [
        function
        for item in module.items
        for call, scope in item.calls
        for node in _functions_handed_to_dataset(module, call, scope)
        for function in _function_scopes(module, node, scope, lambdas)
    ]
    return {id(function) for function in reached_functions(module, handed)}


def converted_functions(module: Module) -> Sequence[Scope]:
    """The functions in which AutoGraph turned Python's control flow into TensorFlow's on Keras 2,
    and nothing does so on Keras 3: `call` of layers, models and losses, `update_state` of
    metrics, and what they call.

    Those that are under a decorator of TensorFlow, as `@tf.function`, are left out.
    """
    return module.fact("converted functions", _converted_functions)


def _converted_functions(module: Module) -> Sequence[Scope]:
    methods = [
        scope
        for item in module.items
        for scope in item.functions
        if scope.name in _CONVERTED and not under_tensorflow(module, scope)
    ]
    started = [
        scope
        for scope in methods
        for owner in [scope.method_class()]
        if owner is not None and class_kind(module, owner).is_a(*_CONVERTED[scope.name])
    ]
    pipeline = pipeline_functions(module)
    return [
        one
        for one in reached_functions(module, started, under_tensorflow)
        if id(one) not in pipeline
    ]


def compiled_functions(module: Module) -> Sequence[Scope]:
    """The functions that Keras compiles in `fit`, `evaluate` and `predict`: `call` of layers and
    models, the steps that models have of their own, and what they call."""
    return module.fact("compiled functions", _compiled_functions)


def _compiled_functions(module: Module) -> Sequence[Scope]:
    steps = dict.fromkeys(_STEPS, "keras.Model")
    return reached_functions(module, _methods(module, {"call": "keras.layers.Layer", **steps}))


def functions_of_call(module: Module) -> Sequence[Scope]:
    """`call` of layers and models, and the functions that it calls."""
    return module.fact("functions of call", _functions_of_call)


def _functions_of_call(module: Module) -> Sequence[Scope]:
    return reached_functions(module, _methods(module, {"call": "keras.layers.Layer"}))


def _methods(module: Module, bases: Mapping[str, str]) -> Iterator[Scope]:
    """The methods of these names, in classes that derive from the class given for each."""
    for item in module.items:
        for scope in item.functions:
            owner = scope.method_class() if scope.name in bases else None
            if owner is not None and class_kind(module, owner).is_a(bases[scope.name]):
                yield scope


def in_tf_function(module: Module, scope: Scope) -> bool:
    """Whether the code is in a function under `@tf.function`."""
    return "tensorflow.function" in _decorators(module, scope)


def under_tensorflow(module: Module, scope: Scope) -> bool:
    """Whether the code is in a function under a decorator of TensorFlow."""
    return any(name.startswith("tensorflow.") for name in _decorators(module, scope))


def _decorators(module: Module, scope: Scope) -> Iterator[str]:
    """The qualified names of the decorators around some code."""
    for one in scope.enclosing():
        for decorator in one.decorators:
            node = decorator
            if node.type == "call":
                node = node.child_by_field_name("function") or node
            if one.parent is not None:
                yield from module.names_of(node, one.parent)


def _lambdas(module: Module) -> dict[int, Scope]:
    return {
        scope.node.id: scope
        for item in module.items
        for scope in item.functions
        if scope.kind is ScopeKind.LAMBDA
    }


def reached_functions(
    module: Module,
    started: Iterable[Scope],
    excluded: Callable[[Module, Scope], bool] = lambda module, scope: False,
) -> list[Scope]:
    """The functions, and those of the module that they call, but for `excluded` ones."""
    found = {id(function): function for function in started}
    if not found:
        return []
    lambdas = module.fact("lambdas", _lambdas)
    calls: dict[int, list[tuple[Node, Scope]]] = {}
    for item in module.items:
        for call, scope in item.calls:
            for one in scope.enclosing():
                calls.setdefault(id(one), []).append((call, scope))
    queue = list(found)
    while queue:
        for call, scope in calls.get(queue.pop(), ()):
            callee = call.child_by_field_name("function")
            if callee is None:
                continue
            for function in _function_scopes(module, callee, scope, lambdas):
                if id(function) not in found and not excluded(module, function):
                    found[id(function)] = function
                    queue.append(id(function))
    return list(found.values())


def _functions_handed_to_dataset(module: Module, call: Node, scope: Scope) -> list[Node]:
    function = call.child_by_field_name("function")
    arguments = call.child_by_field_name("arguments")
    if function is None or arguments is None or function.type != "attribute":
        return []
    attribute = function.child_by_field_name("attribute")
    owner = function.child_by_field_name("object")
    if attribute is None or owner is None or text(attribute) not in _DATASET_CALLS:
        return []
    if not _may_be_dataset(module, owner, scope):
        return []
    nodes = []
    for argument in argument_nodes(arguments):
        value = argument
        if argument.type == "keyword_argument":
            value = argument.child_by_field_name("value") or argument
        nodes.append(value)
    return nodes


def _may_be_dataset(module: Module, node: Node, scope: Scope) -> bool:
    """Whether an expression is a tf.data.Dataset, or may be one for all that is known."""
    kind = kind_of(module, node, scope)
    if kind is not None and (kind.type, kind.name) != ("class", "tensorflow.data.Dataset"):
        return kind.type == "dataset"
    for name in module.names_of(node, scope):
        library = f"{name}.".startswith("tensorflow.") or canonical(name) is not None
        if library and not f"{name}.".startswith("tensorflow.data."):
            return False
    return _package(module, node, scope) not in _OTHERS


def _package(module: Module, node: Node, scope: Scope) -> str | None:
    """The package that an expression's value comes from, through calls and attributes."""
    for _ in range(_DEPTH):
        node = unparenthesized(node)
        while node.type in ("attribute", "call", "subscript"):
            node = unparenthesized(node.named_children[0])
        if node.type != "identifier":
            return None
        names = module.names_of(node, scope)
        if names:
            return names[0].split(".")[0]
        bindings = scope.reaching(text(node), node.start_byte)
        value = bindings[0].value if len(bindings) == 1 else None
        if value is None or bindings[0].kind is not BindingKind.ASSIGNMENT:
            return None
        node, scope = value, bindings[0].scope
    return None


def _function_scopes(
    module: Module, node: Node, scope: Scope, lambdas: dict[int, Scope]
) -> list[Scope]:
    """The local functions that an expression stands for."""
    found: list[Scope] = []
    seen: set[int] = set()
    queue = [(node, scope)]
    while queue:
        node, scope = queue.pop()
        node = unparenthesized(node)
        if node.id in seen:
            continue
        seen.add(node.id)
        if node.type == "lambda" and node.id in lambdas:
            found.append(lambdas[node.id])
        elif node.type == "call":
            # functools.partial(function, …), tf.function(function)
            arguments = node.child_by_field_name("arguments")
            given = argument_nodes(arguments)[:1] if arguments is not None else []
            queue += [(argument, scope) for argument in given]
        for binding in _bindings(module, node, scope):
            if binding.kind is BindingKind.FUNCTION and binding.inner is not None:
                found.append(binding.inner)
            elif binding.kind is BindingKind.ASSIGNMENT and binding.value is not None:
                queue.append((binding.value, binding.scope))
    return found


def _bindings(module: Module, node: Node, scope: Scope) -> list[Binding]:
    """What a name, or an attribute of an object that this module's class makes, is bound to."""
    if node.type == "identifier":
        return scope.reaching(text(node), node.start_byte)
    owner_node = node.child_by_field_name("object")
    attribute = node.child_by_field_name("attribute")
    if node.type != "attribute" or owner_node is None or attribute is None:
        return []
    owner = kind_of(module, owner_node, scope)
    name = text(attribute)
    if owner is None or owner.scope is None:
        return []
    for cls in local_classes(module, owner.scope) if owner.type in ("object", "class") else ():
        found = [*cls.attributes.get(name, ()), *cls.bindings.get(name, ())]
        if found:
            return found
    return []
