"""Replacing a call by the row of the op table, for the rules about ops."""

from __future__ import annotations

from tree_sitter import Node

from k3ls.knowledge.ops import Op, Rewrite
from k3ls.rules.context import Context, Names, NoNameError
from k3ls.rules.finding import Applicability, Fix
from k3ls.rules.ops.shapes import shape_fix
from k3ls.rules.rewriting.rewrite import RefusedError, bind, rewrite
from k3ls.rules.rewriting.seed_generator import (
    SeedGenerator,
    drawing_from,
    seed_generator,
    takes_seed,
)
from k3ls.rules.rewriting.seeding import reseeding
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
# Where a function stands that is handed on.
_HANDED_ON = frozenset(
    "argument_list keyword_argument pair list tuple assignment return_statement"
    " conditional_expression default_parameter".split()
)


def replacement(reference: Reference, row: Op, context: Context) -> tuple[str, list[Fix]]:
    """What to say of the counterpart of an op that is used, and the fixes that bring it in.

    The text goes on a sentence about the op: "; … runs on every backend." or why not.
    """
    fixes: list[Fix | None] = []
    check, note = "", row.note
    if not row.rewrites:
        said = ""
    elif reference.call is None:
        said = f"; `{row.target}` runs on every backend{_since(row.rewrites[0])}"
        fixes.append(_handed_on(reference, row, context))
    else:
        try:
            generator = _generator(reference, row, context)
            if generator is not None:
                row = drawing_from(generator, row, reference.call)
                note = f"`{generator.source}` makes it give other numbers at every call."
            computed = shape_fix(reference, row, context)
            fix, form = computed or _fix(reference, row, context, generator)
            fixes.append(fix)
            if not computed and any(one.second for one in row.rewrites):
                fixes.append(_second(reference, row, context))
        except (RefusedError, NoNameError) as reason:
            said = f" and can't be replaced here: {reason}"
        else:
            said = f"; `{form.target}` runs on every backend{_since(form)}"
            check = form.check or row.check if generator is None else ""
            if form.is_operator and fix.applicability is Applicability.UNSAFE:
                check = check or "neither is a Python list"
    said += "."
    if note:
        said += f" {note}"
    if check:
        said += f" Check: {check}."
    return said, [one for one in fixes if one is not None]


def _second(reference: Reference, row: Op, context: Context) -> Fix | None:
    """The fix by the row's second choice, if it fits."""
    try:
        return _fix(reference, row, context, None, second=True)[0]
    except (RefusedError, NoNameError):
        return None


def _generator(reference: Reference, row: Op, context: Context) -> SeedGenerator | None:
    """What a random op draws from; None if there is nothing in which it could be kept."""
    try:
        return seed_generator(reference.scope, context) if takes_seed(row) else None
    except RefusedError:
        return None


def _since(form: Rewrite) -> str:
    return f", since Keras {form.since}" if form.since is not None else ""


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
    if parent is None or parent.type not in _HANDED_ON:
        return None
    safe = Applicability.SAFE if form.agrees(None) else Applicability.UNSAFE
    if context.module.fact("special tensors", _has_special_tensors):
        safe = Applicability.UNSAFE
    try:
        return context.renaming(reference.node, form.target, reference, safe)
    except NoNameError:
        return None


def _fix(
    reference: Reference,
    row: Op,
    context: Context,
    generator: SeedGenerator | None,
    *,
    second: bool = False,
) -> tuple[Fix, Rewrite]:
    call = reference.call
    assert call is not None
    names = Names(context, reference)
    _refuse_computed_axis(call, row, reference, context)
    dtype = _dtype_of_first(call, row, reference, context)
    edits, form = rewrite(call, row, context.module, reference.scope, names, second=second)
    if any('"' in edit.text or "'" in edit.text for edit in edits) and context.inside_string(call):
        raise RefusedError("quotes inside an f-string")
    if form.differs(dtype):
        raise RefusedError(f"for this dtype ({dtype}) the values differ")
    safe = form.agrees(dtype)
    if row.check or form.check or row.random or _has_numpy_call(call, reference, context):
        safe = False
    if form.is_operator and not _has_tensor(call, reference, context):
        # Lists have these operators too, and mean something else by them.
        safe = False
    if safe and context.module.fact("special tensors", _has_special_tensors):
        safe = False
    making = generator.edits if generator is not None else ()
    if form.target == "keras.utils.set_random_seed":
        making = tuple(reseeding(reference, context))
    fix = Fix(
        f"Replace `{row.name}` with `{names.written[0] if names.written else form.target}`",
        tuple(dict.fromkeys((*edits, *names.imports, *making))),
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


def _has_tensor(call: Node, reference: Reference, context: Context) -> bool:
    """Whether one of the arguments is known for a tensor."""
    arguments = call.child_by_field_name("arguments")
    for argument in argument_nodes(arguments) if arguments is not None else ():
        value = argument.child_by_field_name("value") or argument
        kind = kind_of(context.module, value, reference.scope)
        if kind is not None and (kind.is_tensor or kind.type == "array"):
            return True
    return False


def _has_special_tensors(module: Module) -> bool:
    return any(
        name.startswith(_SPECIAL)
        for reference in module.references
        for name in module.qualified(reference)
    )
