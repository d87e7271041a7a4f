"""A function with a gradient of its own.

## What it does

Finds `tf.custom_gradient`, writes `keras.ops.custom_gradient`, and lets the gradient function take
what every backend gives it.

## Why

`tf.custom_gradient` runs on TensorFlow only. `keras.ops.custom_gradient` is what each backend has
for it: TensorFlow and JAX call the gradient function with the gradient of the result, torch with
the arguments and the gradient as `upstream`. torch takes tensors alone:

    TypeError: grad() got an unexpected keyword argument 'upstream'
    TypeError: save_for_backward can only save variables, but argument 1 is of type float

## Example

    @tf.custom_gradient
    def reverse(x, scale):
        def grad(dy):
            return -dy * scale, None

        return x, grad

    y = reverse(x, 0.5)

becomes

    @keras.ops.custom_gradient
    def reverse(x, scale):
        def grad(*args, upstream=None):
            dy = args[0] if upstream is None else upstream
            return -dy * scale, None

        return x, grad

    y = reverse(x, keras.ops.convert_to_tensor(0.5))

## Fix safety

Unsafe: other modules that call the function have to give it tensors. There is a fix for a decorated
function that returns its result together with a gradient function that it defines, which takes one
gradient; and no fix for methods, for gradients of variables, and for calls with keywords.

Since Keras 3.2.
"""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from k3ls.rules.context import Context, NoNameError
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.rewriting.rewrite import RefusedError
from k3ls.rules.rule import Rule
from k3ls.semantics import Reference, Scope, kind_of
from k3ls.syntax import argument_nodes, nodes_of, text
from k3ls.text import Edit, merged

RULE = Rule("K312", "custom-gradient", Severity.INFORMATION, backends_only=True)


@RULE.reference("tensorflow.custom_gradient")
def check(reference: Reference, context: Context) -> Iterator[Finding]:
    message = (
        "`tf.custom_gradient` runs on TensorFlow only; for `keras.ops.custom_gradient` the gradient"
        " function has to take `*args, upstream=None`"
    )
    fix = None
    try:
        edits = merged(dict.fromkeys(_edits(reference, context)))
        title = "Replace with `keras.ops.custom_gradient`"
        fix = Fix(title, tuple(edits), Applicability.UNSAFE)
    except (NoNameError, RefusedError) as reason:
        message += f" ({reason})"
    yield RULE.finding(reference.node.start_byte, reference.node.end_byte, message, fix)


def _edits(reference: Reference, context: Context) -> Iterator[Edit]:
    function = _decorated(reference)
    gradient = _gradient(function)
    name = context.name("keras.ops.custom_gradient", reference)
    yield Edit(reference.node.start_byte, reference.node.end_byte, name.source)
    yield from name.edits
    yield from _taking_either(gradient, context)
    for call, scope in _calls(function, context):
        arguments = call.child_by_field_name("arguments")
        for argument in argument_nodes(arguments)[1:] if arguments is not None else ():
            if argument.type == "keyword_argument" or argument.type.endswith("splat"):
                raise RefusedError("it is called with keywords, which torch doesn't take")
            kind = kind_of(context.module, argument, scope)
            if kind is not None and kind.is_tensor:
                continue
            tensor = context.name_at("keras.ops.convert_to_tensor", argument, scope)
            yield from tensor.edits
            yield Edit(argument.start_byte, argument.start_byte, f"{tensor.source}(")
            yield Edit(argument.end_byte, argument.end_byte, ")")


def _decorated(reference: Reference) -> Scope:
    """The function that the reference decorates."""
    decorator = reference.node.parent
    definition = decorator.parent if decorator is not None else None
    node = definition.child_by_field_name("definition") if definition is not None else None
    if decorator is None or decorator.type != "decorator" or node is None:
        raise RefusedError("it is no decorator here")
    function = _function(text(node.child_by_field_name("name") or node), node, reference.scope)
    if function is None or function.method_class() is not None:
        raise RefusedError("it decorates a method")
    return function


def _function(name: str, node: Node | None, scope: Scope) -> Scope | None:
    """The function of that name that `scope` defines, at `node` if one is given."""
    for binding in scope.bindings.get(name, ()):
        if binding.inner is not None and node in (None, binding.inner.node):
            return binding.inner
    return None


def _gradient(function: Scope) -> Scope:
    """The function that gives the gradient of `function`'s result."""
    returned = [argument_nodes(one) for one in function.returns if one.type != "identifier"]
    parts = returned[0] if len(returned) == len(function.returns) == 1 else []
    gradient = _function(text(parts[-1]), None, function) if len(parts) == 2 else None
    if gradient is None:
        raise RefusedError("its gradient function isn't known")
    return gradient


def _taking_either(gradient: Scope, context: Context) -> Iterator[Edit]:
    """The edits that let a gradient function take what any backend gives it."""
    parameters = gradient.node.child_by_field_name("parameters")
    body = gradient.node.child_by_field_name("body")
    names = argument_nodes(parameters) if parameters is not None else []
    if parameters is None or body is None or len(names) != 1 or names[0].type != "identifier":
        raise RefusedError("its gradient function takes more than one gradient")
    first = body.named_children[0]
    if first.start_point.row == gradient.node.start_point.row or first.type == "comment":
        raise RefusedError("there is no place in its gradient function")
    used = {text(one) for one in nodes_of(body, "identifier")} - {text(names[0])}
    if not used.isdisjoint(("args", "upstream")):
        raise RefusedError("its gradient function uses `args` or `upstream`")
    yield Edit(parameters.start_byte, parameters.end_byte, "(*args, upstream=None)")
    line = f"{text(names[0])} = args[0] if upstream is None else upstream"
    before = context.source.newline + context.indentation(first)
    if first.named_children and first.named_children[0].type == "string":
        yield Edit(first.end_byte, first.end_byte, before + line)
    else:
        yield Edit(first.start_byte, first.start_byte, line + before)


def _calls(function: Scope, context: Context) -> Iterator[tuple[Node, Scope]]:
    """The calls of a function in this module."""
    for item in context.module.items:
        for call, scope in item.calls:
            callee = call.child_by_field_name("function")
            if callee is None or callee.type != "identifier" or text(callee) != function.name:
                continue
            bindings = scope.reaching(function.name, callee.start_byte)
            if any(one.inner is function for one in bindings):
                yield call, scope
