"""Rules and rows of the op table in Markdown, as an editor and the command line show them."""

from __future__ import annotations

import inspect
import re
import textwrap
from collections.abc import Iterator

from k3ls.knowledge.ops import BACKENDS, Op, Other, Rewrite, data, short_name
from k3ls.knowledge.symbols import Parameters
from k3ls.rules.rewriting.converters import CONVERTERS
from k3ls.rules.rewriting.template import CallTemplate, TemplateArgument, parse
from k3ls.rules.rule import Rule

_OUTCOMES = {
    "agree": "agrees",
    "dtype": "other dtype",
    "type": "Python numbers",
    "differ": "other values",
    "fail": "fails",
}
_GUIDE = "https://keras.io/guides/migrating_to_keras_3/"
_CONDITIONS = {
    "absent": "is not given",
    "given": "is given",
    "any": "is left out",
    "default": "is its default",
    "expression": "is not a literal",
    "sequence": "is a list or tuple",
    "member": "is an attribute",
    "shapes": "is a list of shapes and numbers",
    "integer": "is an integer",
}


def describe_rule(rule: Rule) -> str:
    """What a rule does and why, as Markdown."""
    kind = rule.severity.value
    if rule.backends_only:
        kind += ", for leaving TensorFlow"
    return f"**{rule.code} {rule.name}** ({kind})\n\n{rule.documentation.strip()}\n"


def describe_op(op: Op) -> str:
    """How an op is written for Keras 3, and on what that was verified, as Markdown."""
    return "\n\n".join(_sections(op)) + "\n"


def describe_other(name: str, other: Other) -> str:
    """What a name of TensorFlow that has no row is to Keras 3, as Markdown."""
    has_place = "stays TensorFlow" if other.stays else "has no counterpart in `keras.ops`"
    return f"**`{short_name(name)}`** {has_place}.\n\n{other.note}\n"


def _sections(op: Op) -> Iterator[str]:
    if op.target is None:
        yield f"**`{op.name}`** has no counterpart in Keras 3."
    else:
        yield f"**`{op.name}`** becomes **`{op.target}`**."
    signatures = [signature(op.name, (*op.parameters, *((("...", None),) if op.variadic else ())))]
    if op.target is not None and op.target in op.signatures:
        signatures.append(f"{op.target}({', '.join(op.signatures[op.target])})")
    yield "\n".join(["```python", *signatures, "```"])
    if len(op.names) > 1:
        yield "The same op: " + ", ".join(f"`{short_name(name)}`" for name in op.names[1:])
    if op.note:
        yield op.note
    if op.check:
        yield f"Check: {op.check}."
    if op.random:
        yield "Its result is random: only the distribution can agree."
    if not op.rewrites:
        return
    yield from _arguments(op)
    for rewrite in op.rewrites:
        yield from _rewrite(rewrite)
    if any(" | " in rewrite.template for rewrite in op.rewrites):
        yield "`a | b` stands for `b` where `a` is not given."
    versions = ", ".join(f"{name} {version}" for name, version in data()["versions"].items())
    yield f"Executed with {versions}. More in Keras's [migration guide]({_GUIDE})."


def signature(name: str, parameters: Parameters) -> str:
    """How a function is called."""
    return wrapped(f"{name}({', '.join(parameter(*one) for one in parameters)})")


def wrapped(call: str) -> str:
    """A call in lines that can be read."""
    return "\n".join(textwrap.wrap(call, 88, subsequent_indent="    ", break_long_words=False))


def parameter(name: str, default: str | None) -> str:
    """A parameter as a signature has it."""
    return name if default is None else f"{name}={default}"


def _arguments(op: Op) -> Iterator[str]:
    """The op's arguments beside those of the Keras function, if one call takes them all."""
    names = tuple(name for name, _ in op.parameters)
    call = next(
        (call for call in (parse(one.template, names) for one in op.rewrites) if call is not None),
        None,
    )
    if call is None:
        return
    rows: list[tuple[str, ...]] = [(f"`{op.name}`", f"`{call.function}`", ""), (":--",) * 3]
    for name, default in op.parameters:
        rows.append((f"`{parameter(name, default)}`", *_counterpart(name, call, op)))
    for index, argument in enumerate(call.arguments):
        if argument.hole is None and argument.fallback is not None:
            rows.append(("", f"`{_target(index, argument, call, op)}`", f"`{argument.fallback}`"))
    yield table(rows)


def _counterpart(name: str, call: CallTemplate, op: Op) -> tuple[str, str]:
    """What takes the op's parameter `name`, and how its argument is written there."""
    for index, argument in enumerate(call.arguments):
        if argument.hole == name:
            remarks = []
            if argument.converter is not None:
                explained = inspect.getdoc(CONVERTERS[argument.converter]) or ""
                remarks.append(explained.split("\n")[0].rstrip("."))
            if argument.prefix or argument.suffix:
                remarks.append(f"as `{argument.prefix}{name}{argument.suffix}`")
            if argument.fallback is not None:
                remarks.append(f"`{argument.fallback}` where it is not given")
            return f"`{_target(index, argument, call, op)}`", "; ".join(remarks)
    if name == "name":
        return "", "dropped"
    return "", "only as a condition says" if _in_condition(name, op) else "only as its default"


def _target(index: int, argument: TemplateArgument, call: CallTemplate, op: Op) -> str:
    if argument.keyword is not None:
        return argument.keyword
    signature = op.signatures.get(call.function, ())
    return signature[index] if index < len(signature) else "..."


def _in_condition(name: str, op: Op) -> bool:
    return any(name in rewrite.when for rewrite in op.rewrites)


_WRITTEN = {False: "Written as", True: "Or as"}


def _rewrite(rewrite: Rewrite) -> Iterator[str]:
    conditions = [f"`{name}` {_condition(what)}" for name, what in rewrite.when.items()]
    template = re.sub(r"\b[A-Z]+\((\w+)\)", r"\1", rewrite.template)
    begin = "Or i" if rewrite.second else "I"
    yield f"{begin}f {' and '.join(conditions)}:" if conditions else f"{_WRITTEN[rewrite.second]}:"
    yield f"```python\n{template}\n```"
    if rewrite.since is not None:
        yield f"Keras has it since {rewrite.since}."
    if rewrite.check:
        yield f"Check: {rewrite.check}."
    if rewrite.verified:
        rows = [("dtype", *BACKENDS), (":--",) * (len(BACKENDS) + 1)]
        for dtype, outcomes in rewrite.verified.items():
            rows.append((dtype, *(_OUTCOMES[outcomes[backend]] for backend in BACKENDS)))
        yield table(rows)


def _condition(condition: str) -> str:
    if condition.startswith("="):
        return f"is `{condition[1:].strip()}`"
    if condition.startswith("calls "):
        return f"is a call of `{short_name(condition.removeprefix('calls '))}`"
    if condition.startswith("attribute "):
        names = condition.split()[1:]
        return f"is an attribute {' or '.join(f'`{name}`' for name in names)}"
    return _CONDITIONS[condition]


def table(rows: list[tuple[str, ...]]) -> str:
    """Rows, the first one the head, the second one the alignment."""
    return "\n".join(
        "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows
    )
