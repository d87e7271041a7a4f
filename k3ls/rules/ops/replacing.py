"""Replacing a call by the row of the op table, for the rules about ops."""

from __future__ import annotations

from tree_sitter import Node

from k3ls.knowledge.ops import Op, Rewrite
from k3ls.rules.context import Context, Names, NoNameError
from k3ls.rules.finding import Applicability, Fix
from k3ls.rules.rewriting.rewrite import RefusedError, bind, rewrite
from k3ls.rules.rewriting.template import parse
from k3ls.semantics import Module, Reference, kind_of
from k3ls.syntax import argument_nodes, text

# What `keras.ops` can't take: the rows were verified on dense tensors of numbers.
_SPECIAL = (
    "tensorflow.ragged",
    "tensorflow.sparse",
    "tensorflow.strings",
    "tensorflow.RaggedTensor",
    "tensorflow.SparseTensor",
    "tensorflow.string",
)


def replacement(reference: Reference, row: Op, context: Context) -> tuple[str, Fix | None]:
    """What to say of the counterpart of an op that is used, and the fix that brings it in.

    The text goes on a sentence about the op: "; … runs on every backend." or why not.
    """
    fix: Fix | None = None
    check = ""
    if reference.call is None:
        said = f"; `{row.target}` runs on every backend" if row.target else ""
        fix = _handed_on(reference, row, context)
    else:
        try:
            fix, form = _fix(reference, row, context)
        except (RefusedError, NoNameError) as reason:
            said = f" and can't be replaced here: {reason}"
        else:
            said = f"; `{form.target}` runs on every backend"
            check = form.check or row.check
    said += "."
    if row.note:
        said += f" {row.note}"
    if check:
        said += f" Check: {check}."
    return said, fix


def _handed_on(reference: Reference, row: Op, context: Context) -> Fix | None:
    """The fix of an op that is handed on as a function, as in `activation=tf.nn.relu`: the Keras
    function in its place, if it takes the same arguments by position and has no other defaults."""
    form = row.rewrites[0] if row.rewrites else None
    names = tuple(name for name, _ in row.parameters)
    call = parse(form.template, names) if form is not None and not form.when else None
    if form is None or call is None or row.random or row.check or form.check:
        return None
    if any(one.fallback or one.converter or one.prefix or one.suffix for one in call.arguments):
        return None
    required = [name for name, default in row.parameters if default is None]
    holes = [one.hole for one in call.arguments if one.keyword is None]
    if not required or holes != required:
        return None
    parent = reference.node.parent
    if parent is None or parent.type not in ("argument_list", "keyword_argument", "pair", "list"):
        return None
    safe = Applicability.SAFE if form.agrees(None) else Applicability.UNSAFE
    if context.module.fact("special tensors", _has_special_tensors):
        safe = Applicability.UNSAFE
    try:
        return context.renaming(reference.node, form.target, reference, safe)
    except NoNameError:
        return None


def _fix(reference: Reference, row: Op, context: Context) -> tuple[Fix, Rewrite]:
    call = reference.call
    assert call is not None
    names = Names(context, reference)
    _refuse_computed_axis(call, row, reference, context)
    dtype = _dtype_of_first(call, row, reference, context)
    edits, form = rewrite(call, row, context.module, reference.scope, names)
    if any('"' in edit.text or "'" in edit.text for edit in edits) and context.inside_string(call):
        raise RefusedError("quotes inside an f-string")
    if form.differs(dtype):
        raise RefusedError(f"for this dtype ({dtype}) the values differ")
    safe = form.agrees(dtype)
    if row.check or form.check or row.random or _has_numpy_call(call, reference, context):
        safe = False
    if safe and context.module.fact("special tensors", _has_special_tensors):
        safe = False
    fix = Fix(
        f"Replace `{row.name}` with `{names.written[0] if names.written else form.target}`",
        (*edits, *names.imports),
        Applicability.SAFE if safe else Applicability.UNSAFE,
    )
    return fix, form


def _refuse_computed_axis(call: Node, row: Op, reference: Reference, context: Context) -> None:
    """TensorFlow takes a tensor for an axis, Keras only Python numbers."""
    given = bind(call, row).get("axis")
    kind = kind_of(context.module, given.value, reference.scope) if given is not None else None
    if kind is not None and kind.is_tensor:
        raise RefusedError("its axis is a tensor")


def _dtype_of_first(call: Node, row: Op, reference: Reference, context: Context) -> str | None:
    """The dtype class of the first argument, as far as the code shows it."""
    arguments = call.child_by_field_name("arguments")
    given = argument_nodes(arguments) if arguments is not None else []
    if not given:
        return None
    first = given[0]
    keyword = first.child_by_field_name("name") if first.type == "keyword_argument" else None
    if keyword is not None:
        if text(keyword) not in [name for name, _ in row.parameters[:1]]:
            return None
        first = first.child_by_field_name("value") or first
    kind = kind_of(context.module, first, reference.scope)
    if kind is None:
        return None
    if kind.dtype == "string" and row.parameters[0][0] not in ("name", "equation"):
        raise RefusedError("strings stay on TensorFlow")
    # A shape or a count says nothing of the result's dtype.
    return kind.dtype if kind.is_tensor or kind.type == "array" else None


def _has_numpy_call(call: Node, reference: Reference, context: Context) -> bool:
    """Whether an argument is made by NumPy: its 64 bits go on where TensorFlow casts them."""
    arguments = call.child_by_field_name("arguments")
    for argument in argument_nodes(arguments) if arguments is not None else ():
        value = argument.child_by_field_name("value") or argument
        function = value.child_by_field_name("function")
        if value.type == "call" and function is not None:
            names = context.module.names_of(function, reference.scope)
            if any(name.startswith("numpy.") for name in names):
                return True
    return False


def _has_special_tensors(module: Module) -> bool:
    return any(
        name.startswith(_SPECIAL)
        for reference in module.references
        for name in module.qualified(reference)
    )
