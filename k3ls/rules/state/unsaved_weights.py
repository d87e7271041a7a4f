"""A subclass of `Dense` and its like with weights of its own, which aren't saved.

## What it does

Finds classes that derive from `Dense`, `EinsumDense`, `Embedding` or a convolution and make weights
of their own, and has them save every weight.

## Why

These layers of Keras 3 save the weights that they know of, and no others. A model with such a
subclass can't be loaded:

    ValueError: A total of 1 objects could not be loaded. Example error message for object <SpectralDense name=spectral_dense, built=True>:
    Layer 'spectral_dense' expected 5 variables, but received 2 variables during loading.

## Example

    class Scaled(keras.layers.Dense):
        def build(self, input_shape):
            super().build(input_shape)
            self.scale = self.add_weight(name="scale", shape=())

becomes

    class Scaled(keras.layers.Dense):
        def build(self, input_shape):
            super().build(input_shape)
            self.scale = self.add_weight(name="scale", shape=())

        def save_own_variables(self, store):
            keras.layers.Layer.save_own_variables(self, store)

        def load_own_variables(self, store):
            keras.layers.Layer.load_own_variables(self, store)

## Fix safety

Unsafe: what the layer computes stays the same; files that Keras 3 saved from it before have fewer
weights.

Since Keras 3.0.
"""  # noqa: E501 - the error as it is

from __future__ import annotations

from collections.abc import Iterator

from k3ls.rules.context import Context, NoNameError
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.members.read_only_attribute import CONVOLUTIONS_OF_KERAS2
from k3ls.rules.rewriting.methods import append_methods
from k3ls.rules.rule import Rule
from k3ls.semantics import Module, Scope, class_kind, local_classes

RULE = Rule("K503", "unsaved-weights", Severity.WARNING)

_SAVING = tuple(
    f"keras.layers.{name}" for name in "Dense EinsumDense Embedding Conv1D Conv2D Conv3D".split()
)
_METHODS = ("save_own_variables", "load_own_variables")
_VARIABLES = frozenset(("tensorflow.Variable", "keras.Variable"))


@RULE.module
def check(context: Context) -> Iterator[Finding]:
    module = context.module
    makers = None
    for item in module.items:
        for scope in item.classes:
            kind = class_kind(module, scope)
            if not kind.is_a(*_SAVING) or kind.is_a(*CONVOLUTIONS_OF_KERAS2):
                continue
            if kind.members.intersection(_METHODS):
                continue
            makers = _makers(module) if makers is None else makers
            own = any(
                name in one.bindings for one in local_classes(module, scope) for name in _METHODS
            )
            if id(scope) in makers and not own:
                yield _finding(scope, context)


def _makers(module: Module) -> set[int]:
    """The classes whose methods make weights, by identity."""
    found: set[int] = set()
    for reference in module.references:
        weight = reference.names[-1] == "add_weight" and len(reference.names) == 2
        if not weight and reference.names[-1] != "Variable":
            continue
        function = reference.scope.function()
        owner = function.method_class() if function is not None else None
        if owner is None or reference.call is None:
            continue
        if weight or _VARIABLES.intersection(module.qualified(reference)):
            found.add(id(owner))
    return found


def _finding(scope: Scope, context: Context) -> Finding:
    name = scope.node.child_by_field_name("name") or scope.node
    message = (
        f"Keras 3 doesn't save the weights that `{scope.name}` adds to those of its base class"
    )
    fix = None
    try:
        layer = context.name_at("keras.layers.Layer", scope.node, scope.parent or scope)
    except NoNameError as reason:
        message += f" ({reason})"
    else:
        methods = [
            (f"def {method}(self, store):", f"    {layer.source}.{method}(self, store)")
            for method in _METHODS
        ]
        edit = append_methods(scope, methods, context)
        if edit is not None:
            fix = Fix("Save every weight", (edit, *layer.edits), Applicability.UNSAFE)
    return RULE.finding(name.start_byte, name.end_byte, message, fix)
