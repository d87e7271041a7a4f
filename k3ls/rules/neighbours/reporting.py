"""What the rules about neighbours say of a name that is used."""

from __future__ import annotations

from collections.abc import Iterator

from k3ls.knowledge.neighbours import Neighbour, neighbour
from k3ls.knowledge.ops import short_name
from k3ls.rules.context import Context, NoNameError
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.ops.replacing import replacement
from k3ls.rules.rule import Rule
from k3ls.semantics import Reference, stays_tensorflow


def report(rule: Rule, reference: Reference, context: Context, trouble: str) -> Iterator[Finding]:
    """The finding about a use of a neighbour, if it is known and clear which.

    `trouble` says what is wrong with the `{name}` on Keras 3; what to do instead follows it. What
    is only known of a whole package goes with its import. A name that is imported inside `try` or
    `if` may be expected to be missing: there an error is a warning.
    """
    names = set(context.module.qualified(reference))
    qualified = names.pop() if len(names) == 1 else ""
    found = neighbour(qualified)
    if found is None or "." not in found.name:
        return
    if context.module.is_own(qualified.split(".")[0]):
        # The library's own code.
        return
    behind = _behind(found, qualified)
    node = reference.nodes[-1 - behind]
    name = ".".join(qualified.split(".")[: qualified.count(".") + 1 - behind])
    message = trouble.format(name=short_name(name))
    in_tf_data = stays_tensorflow(context.module, reference.scope)
    fixes: list[Fix] = []
    if in_tf_data and (found.row.target or "").startswith("keras.ops."):
        said = ". tf.data runs this code, so write it with TensorFlow's own ops."
    elif found.row.rewrites and reference.call is not None and not behind:
        said, fixes = replacement(reference, found.row, context)
    else:
        said, fix = _renaming(found, reference, behind, context)
        fixes = [fix] if fix is not None else []
    origin = context.origin(reference)
    severity = rule.severity
    if severity is Severity.ERROR and origin is not None and origin.branch is not None:
        severity = Severity.WARNING
    yield rule.finding(node.start_byte, node.end_byte, message + said, *fixes, severity=severity)


def _behind(found: Neighbour, qualified: str) -> int:
    """How many attributes `qualified` takes from what is known."""
    if found.kind == "package":
        return 0
    return qualified.split(".")[::-1].index(found.name.rpartition(".")[2])


def _renaming(
    found: Neighbour, reference: Reference, behind: int, context: Context
) -> tuple[str, Fix | None]:
    """What to say of a name that isn't called, and the fix that puts another in its place."""
    row = found.row
    target = found.moved or row.target
    said = f"; `{target}` runs on every backend." if target is not None else "."
    fix = None
    if found.moved is not None:
        # A subclass may count on more than what the class computes.
        trusted = found.kind == "function" and row.rewrites[0].agrees(None)
        applicability = Applicability.SAFE if trusted else Applicability.UNSAFE
        node = reference.nodes[-1 - behind]
        try:
            fix = context.renaming(node, found.moved, reference, applicability)
        except NoNameError as reason:
            said = f" and can't be replaced here: {reason}."
    return f"{said} {row.note}".rstrip(), fix
