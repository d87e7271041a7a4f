"""A layer whose `call` gives something else than its base class says.

## What it does

Finds classes derived from `Embedding`, `MultiHeadAttention` and other layers that say themselves
what they give, whose own `call` returns several tensors.

## Why

What a layer of Keras 2 gives in a functional model follows from running `call`. Some layers of
Keras 3 have a method for it, `compute_output_spec`, that a derived class inherits:

    ValueError: Exception encountered when calling EmbeddingRet.call().
    Cannot convert '[(None, None, 100), (20, 100)]' to a shape.

    NotImplementedError: Iterating over a symbolic KerasTensor is not supported.

## Example

    class WithWeights(keras.layers.Embedding):
        def call(self, inputs):
            return [super().call(inputs), self.embeddings + 0.0]

becomes

    class WithWeights(keras.layers.Embedding):
        def call(self, inputs):
            return [super().call(inputs), self.embeddings + 0.0]

        def compute_output_spec(self, *args, **kwargs):
            return keras.Operation.compute_output_spec(self, *args, **kwargs)

which runs `call` to find out.

## Fix safety

Unsafe: `call` must run on symbolic tensors, as it did on Keras 2.

Since Keras 3.0.
"""

from __future__ import annotations

from collections.abc import Iterator

from k3ls.rules.context import Context, NoNameError
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.rewriting.methods import append_methods
from k3ls.rules.rule import Rule
from k3ls.semantics import Kind, Scope, class_kind, kind_of, local_classes
from k3ls.syntax import text, unparenthesized

RULE = Rule("K241", "inherited-output-spec", Severity.ERROR)

_SPEC = "compute_output_spec"
# The layers that have it in Keras 3.15, and give one tensor.
_WITH_SPEC = tuple(
    f"keras.layers.{name}"
    for name in "Attention Embedding Flatten MultiHeadAttention Permute Reshape".split()
)


@RULE.module
def check(context: Context) -> Iterator[Finding]:
    for item in context.module.items:
        for scope in item.classes:
            kind = class_kind(context.module, scope)
            call = _method(scope, "call")
            if call is None or not kind.is_a(*_WITH_SPEC) or _SPEC in kind.members:
                continue
            classes = local_classes(context.module, scope)
            if any(_SPEC in one.bindings for one in classes):
                continue
            if _gives_several(call, context):
                yield _finding(scope, kind, context)


def _method(scope: Scope, name: str) -> Scope | None:
    bindings = scope.bindings.get(name, ())
    return bindings[-1].inner if bindings else None


def _gives_several(call: Scope, context: Context) -> bool:
    """Whether all that `call` returns are lists, tuples or dicts."""
    if not call.returns or call.is_generator:
        return False
    for node in call.returns:
        value = unparenthesized(node)
        if value.type in ("list", "tuple", "dictionary", "expression_list"):
            continue
        kind = kind_of(context.module, value, call)
        if kind is None or kind.type != "items":
            return False
    return True


def _finding(scope: Scope, kind: Kind, context: Context) -> Finding:
    name = scope.node.child_by_field_name("name") or scope.node
    base = next(one for one in _WITH_SPEC if kind.is_a(one))
    message = f"Keras 3 takes what `{text(name)}` gives from `{base}`, which gives one tensor"
    fix = None
    try:
        operation = context.name_at("keras.Operation", scope.node, scope.parent or scope)
    except NoNameError as reason:
        message += f" ({reason})"
    else:
        method = (
            "def compute_output_spec(self, *args, **kwargs):",
            f"    return {operation.source}.compute_output_spec(self, *args, **kwargs)",
        )
        edit = append_methods(scope, [method], context)
        if edit is not None:
            title = "Find the outputs by running `call`"
            fix = Fix(title, (edit, *operation.edits), Applicability.UNSAFE)
    return RULE.finding(name.start_byte, name.end_byte, message, fix)
