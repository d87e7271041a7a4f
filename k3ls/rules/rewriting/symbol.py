"""Writing the call of a Keras 2 name as its template has it."""

from __future__ import annotations

from k3ls.knowledge.ops import Op, Rewrite
from k3ls.knowledge.symbols import Symbol
from k3ls.rules.context import Context, Names
from k3ls.rules.finding import Applicability, Fix
from k3ls.rules.rewriting.rewrite import rewrite
from k3ls.semantics import Reference


def rewritten(reference: Reference, found: Symbol, context: Context) -> Fix:
    """The fix of a call of `found`, which has a template.

    Raises:
        NoNameError: a name of the template can't be written there.
        RefusedError: the template doesn't fit the arguments.
    """
    assert reference.call is not None
    assert found.template is not None
    parameters = [one for one in found.parameters or () if not one[0].startswith("*")]
    variadic = len(parameters) < len(found.parameters or ())
    form = Rewrite({}, found.template, {})
    row = Op((found.path,), tuple(parameters), variadic, (form,), "", "", False, {}, {})
    names = Names(context, reference)
    edits, _ = rewrite(reference.call, row, context.module, reference.scope, names)
    title = f"Replace with `{names(form.target)}`"
    return Fix(title, (*edits, *names.imports), Applicability.SAFE)
