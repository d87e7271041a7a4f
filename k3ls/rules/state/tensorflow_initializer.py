"""An initializer of TensorFlow.

## What it does

Finds `tf.zeros_initializer`, `tf.ones_initializer`, `tf.constant_initializer`,
`tf.random_normal_initializer` and `tf.random_uniform_initializer`, and takes those of Keras.

## Why

They make tensors of TensorFlow, on that backend alone.

## Example

    class Linear(keras.layers.Layer):
        def build(self, input_shape):
            initializer = tf.random_normal_initializer(stddev=0.1)
            self.w = self.add_weight(shape=(3, 4), initializer=initializer)

becomes

    class Linear(keras.layers.Layer):
        def build(self, input_shape):
            initializer = keras.initializers.RandomNormal(stddev=0.1)
            self.w = self.add_weight(shape=(3, 4), initializer=initializer)

## Fix safety

Safe for zeros, ones and a number. Unsafe for random numbers, which are others, and for an array,
which must have the shape of the weight. Keras's random initializers give the same numbers each time
they are called; one that is called more than once gets a `keras.random.SeedGenerator`, with which
they don't.

Since Keras 3.0.
"""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from k3ls.knowledge.ops import Op, Rewrite
from k3ls.rules.context import Context, Names, NoNameError
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.rewriting.rewrite import RefusedError, bind, literal, rewrite
from k3ls.rules.rule import Rule
from k3ls.semantics import Reference, stays_tensorflow
from k3ls.syntax import nodes_of, text

RULE = Rule("K507", "tensorflow-initializer", Severity.INFORMATION, backends_only=True)

_PARAMETERS = {
    "zeros": (),
    "ones": (),
    "constant": (("value", "0"), ("support_partition", "False")),
    "random_normal": (("mean", "0.0"), ("stddev", "0.05"), ("seed", "None")),
    "random_uniform": (("minval", "-0.05"), ("maxval", "0.05"), ("seed", "None")),
}
_KERAS = {
    "zeros": "keras.initializers.Zeros",
    "ones": "keras.initializers.Ones",
    "constant": "keras.initializers.Constant",
    "random_normal": "keras.initializers.RandomNormal",
    "random_uniform": "keras.initializers.RandomUniform",
}


@RULE.reference(*(f"tensorflow.{kind}_initializer" for kind in _KERAS))
def check(reference: Reference, context: Context) -> Iterator[Finding]:
    names = set(context.module.qualified(reference))
    kind = names.pop().removeprefix("tensorflow.").removesuffix("_initializer")
    if names or kind not in _KERAS or stays_tensorflow(context.module, reference.scope):
        return
    message = f"`tf.{kind}_initializer` runs on TensorFlow only; `{_KERAS[kind]}` on every backend"
    fix = None
    try:
        fix = _fix(reference, kind, context)
    except (NoNameError, RefusedError) as reason:
        message += f" ({reason})"
    yield RULE.finding(reference.node.start_byte, reference.node.end_byte, message, fix)


def _fix(reference: Reference, kind: str, context: Context) -> Fix:
    safe = Applicability.UNSAFE if kind.startswith("random") else Applicability.SAFE
    call = reference.call
    if call is None:
        return context.renaming(reference.node, _KERAS[kind], reference, safe)
    names = Names(context, reference)
    parameters = _PARAMETERS[kind]
    taken = [name for name, _ in parameters if name != "support_partition"]
    arguments = [f"{name}={name}" for name in taken]
    if "seed" in taken and _is_shared(call):
        # TensorFlow's gives other numbers at each call.
        arguments[-1] = "seed=seed | keras.random.SeedGenerator()"
    target = f"{_KERAS[kind]}({', '.join(arguments)})"
    op = Op(
        (f"tensorflow.{kind}_initializer",),
        parameters,
        False,
        (Rewrite({}, target, {}),),
        "",
        "",
        False,
        {_KERAS[kind]: tuple(taken)},
        {},
    )
    given = bind(call, op)
    if "value" in given and not isinstance(literal(given["value"].value), (bool, int, float)):
        safe = Applicability.UNSAFE
    edits, _ = rewrite(call, op, context.module, reference.scope, names)
    return Fix(f"Replace with `{names.written[0]}`", (*edits, *names.imports), safe)


def _is_shared(call: Node) -> bool:
    """Whether an initializer may be called more than once."""
    statement = call.parent
    left = statement.child_by_field_name("left") if statement is not None else None
    if statement is None or statement.type != "assignment" or left is None:
        return False
    around = statement.parent
    while around is not None and around.type not in ("function_definition", "module"):
        around = around.parent
    if around is None or left.type != "identifier":
        return True
    uses = [one for one in nodes_of(around, "identifier") if text(one) == text(left)]
    return len(uses) != 2 or any(_repeats(one, around) for one in uses)


def _repeats(node: Node, around: Node) -> bool:
    parent = node.parent
    while parent is not None and parent != around:
        if parent.type in _REPEATING:
            return True
        parent = parent.parent
    return False


_REPEATING = frozenset(
    "for_statement while_statement list_comprehension dictionary_comprehension lambda"
    " generator_expression function_definition class_definition".split()
)
