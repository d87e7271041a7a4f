"""`isinstance` with TensorFlow's classes of tensors and variables.

## What it does

Finds `isinstance(x, tf.Variable)`, and lets it be true of Keras's variables too; and
`isinstance(x, tf.Tensor)`, in place of which `keras.ops.is_tensor` asks for tensors of the backend.

## Why

Nothing raises. The variables of Keras 3, which `add_weight` gives and models list, aren't
TensorFlow's, on any backend: what was done for variables is no longer done. Tensors are
TensorFlow's on TensorFlow alone.

## Example

    if isinstance(value, tf.Variable):
        value = value.read_value()
    elif not isinstance(value, tf.Tensor):
        raise TypeError(value)

becomes

    if isinstance(value, (tf.Variable, keras.Variable)):
        value = value.read_value()
    elif not keras.ops.is_tensor(value):
        raise TypeError(value)

## Fix safety

Unsafe: `keras.ops.is_tensor` is true of TensorFlow's variables on TensorFlow, and what follows may
use methods that Keras's variables lack. The question for tensors has a finding only where the code
leaves TensorFlow, and code that tf.data runs has none.

Since Keras 3.0.
"""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from k3ls.knowledge.symbols import canonical
from k3ls.rules.context import Context, NoNameError
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.rewriting.rewrite import repeatable
from k3ls.rules.rule import Rule
from k3ls.semantics import Scope, stays_tensorflow
from k3ls.syntax import argument_nodes, text
from k3ls.text import Edit

RULE = Rule("K307", "tensor-class", Severity.WARNING)

_TENSOR, _VARIABLE = "tensorflow.Tensor", "tensorflow.Variable"
_KERAS_VARIABLES = frozenset(("keras.Variable", "keras.backend.Variable"))
# With these classes the code is about what only TensorFlow has.
_SPECIAL = frozenset(
    f"tensorflow.{name}" for name in ("RaggedTensor", "SparseTensor", "sparse.SparseTensor")
)

# Where an `or` needs no parentheses around it.
_ALONE = frozenset(
    "if_statement elif_clause while_statement return_statement assignment assert_statement"
    " parenthesized_expression argument_list keyword_argument list tuple".split()
)


@RULE.call
def check(call: Node, scope: Scope, context: Context) -> Iterator[Finding]:
    function = call.child_by_field_name("function")
    arguments = call.child_by_field_name("arguments")
    given = argument_nodes(arguments) if arguments is not None else []
    if function is None or text(function) != "isinstance" or len(given) != 2:
        return
    value, asked = given
    classes = argument_nodes(asked) if asked.type == "tuple" else [asked]
    names = [_name(one, scope, context) for one in classes]
    if not _SPECIAL.isdisjoint(names) or stays_tensorflow(context.module, scope):
        return
    if _VARIABLE in names and _KERAS_VARIABLES.isdisjoint(names):
        variable = classes[names.index(_VARIABLE)]
        yield _variable(variable, asked is variable, scope, context)
    elif _TENSOR in names and context.settings.target != "tensorflow":
        tensor = classes[names.index(_TENSOR)]
        others = [one for one in classes if one is not tensor]
        yield _tensor(call, value, tensor, others, scope, context)


def _name(node: Node, scope: Scope, context: Context) -> str | None:
    names = context.module.names_of(node, scope)
    return (canonical(names[0]) or names[0]) if len(names) == 1 else None


def _variable(variable: Node, alone: bool, scope: Scope, context: Context) -> Finding:
    message = f"Keras's variables are no `{text(variable)}` in Keras 3"
    fix = None
    try:
        name = context.name_at("keras.Variable", variable, scope)
    except NoNameError as reason:
        message += f" ({reason})"
    else:
        opening, closing = ("(", ")") if alone else ("", "")
        edits = (
            Edit(variable.start_byte, variable.start_byte, opening),
            Edit(variable.end_byte, variable.end_byte, f", {name.source}{closing}"),
            *name.edits,
        )
        fix = Fix(f"Ask for `{name.source}` too", edits, Applicability.UNSAFE)
        message += ". Check: what follows takes a variable of Keras."
    return RULE.finding(variable.start_byte, variable.end_byte, message, fix)


def _tensor(
    call: Node, value: Node, tensor: Node, others: list[Node], scope: Scope, context: Context
) -> Finding:
    message = f"tensors are no `{text(tensor)}` on other backends"
    fix = None
    try:
        name = context.name_at("keras.ops.is_tensor", call, scope)
    except NoNameError as reason:
        message += f" ({reason})"
    else:
        source = f"{name.source}({context.written(value)})"
        if others:
            rest = ", ".join(context.written(one) for one in others)
            rest = rest if len(others) == 1 else f"({rest})"
            source += f" or isinstance({context.written(value)}, {rest})"
            if call.parent is None or call.parent.type not in _ALONE:
                source = f"({source})"
        if not others or repeatable(value):
            edits = (Edit(call.start_byte, call.end_byte, source), *name.edits)
            fix = Fix(f"Ask with `{name.source}`", edits, Applicability.UNSAFE)
        message += f"; `{name.source}` asks for those of the backend."
        message += " Check: on TensorFlow it is true of `tf.Variable` too."
    return RULE.finding(tensor.start_byte, tensor.end_byte, message, fix)
