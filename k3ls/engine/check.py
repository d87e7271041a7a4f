"""Finding what Keras 3 changes in one source."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache

from tree_sitter import Node

from k3ls.dependencies import ProjectFile, is_python, read
from k3ls.engine.suppress import ALL, comments, suppressions
from k3ls.rules.context import Context
from k3ls.rules.finding import Finding
from k3ls.rules.registry import rules
from k3ls.rules.rule import (
    ReferenceListener,
    Rule,
)
from k3ls.semantics import Module, Others, Reference, Scope
from k3ls.settings import Settings
from k3ls.syntax import SyntaxTree, parse
from k3ls.text import Source


@dataclass(frozen=True, slots=True)
class RuleError:
    """A rule that raised instead of giving findings.

    Attributes:
        line: the one-based line that it looked at.
    """

    code: str
    line: int
    message: str


# `from .backend import layers, backend as K`
_HANDED_ON = re.compile(
    rb"^[ \t]*from[ \t]+\.[\w.]*[ \t]+import\b[^\n]*"
    rb"\b(?:K|tf|ks|activations|backend|callbacks|constraints|initializers|layers|losses|metrics"
    rb"|optimizers|regularizers)\b",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Analysis:
    """What checking one source gave.

    Attributes:
        findings: in the order of the text.
        syntax_error: the one-based line and the message of the first error in the text.
        errors: the rules that failed.
    """

    findings: tuple[Finding, ...] = ()
    syntax_error: tuple[int, str] | None = None
    errors: tuple[RuleError, ...] = ()


def check(
    source: Source,
    settings: Settings | None = None,
    *,
    filename: str = "",
    others: Others | None = None,
) -> Analysis:
    """Find what Keras 3 changes in `source`.

    `filename` tells project files from Python code, and a package's `__init__.py` from other
    modules; nothing is read from it.
    `others` knows the files around it.
    """
    if not concerns(source.data):
        return Analysis()
    settings = settings or Settings()
    tree = parse(source.data) if is_python(filename) else None
    return analyse(tree, source, settings, filename=filename, others=others)


def concerns(data: bytes) -> bool:
    """Whether a text can have findings at all: it names TensorFlow or Keras, in any spelling that
    requirements and environment variables have, or a module beside it may hand a part of them on.
    """
    lower = data.lower()
    named = b"tensorflow" in lower or b"keras" in lower or b"tf-nightly" in lower
    return named or _HANDED_ON.search(data) is not None


def analyse(
    tree: SyntaxTree | None,
    source: Source,
    settings: Settings,
    *,
    filename: str = "",
    others: Others | None = None,
) -> Analysis:
    """`check` for a source whose tree is there already; None for a text that isn't Python."""
    syntax_error = tree.syntax_error() if tree is not None else None
    if not concerns(source.data):
        return Analysis(syntax_error=syntax_error)
    file = read(source, filename, others)
    written = comments(tree) if tree is not None else file.comments
    silenced = suppressions(written, source.lines)
    if silenced is None:
        return Analysis(syntax_error=syntax_error)
    run = _Run(source, settings)
    if tree is not None:
        module = Module(tree, others, filename)
        is_init = filename.replace("\\", "/").endswith("__init__.py")
        context = Context(module, source, settings, is_init)
        run.references(context)
        run.calls(context)
        run.functions(context)
        run.modules(context)
    run.project(file)
    findings = {finding: None for finding in run.findings if not _silent(finding, source, silenced)}
    ordered = sorted(findings, key=lambda one: (one.start, one.end, one.code))
    return Analysis(tuple(ordered), syntax_error, tuple(run.errors))


def _silent(finding: Finding, source: Source, silenced: Mapping[int, frozenset[str]]) -> bool:
    if not silenced:
        return False
    first = source.lines.line_of(finding.start)
    last = source.lines.line_of(finding.end)
    for line in {first, last}:
        codes = silenced.get(line)
        if codes is not None and (codes is ALL or not codes or finding.code in codes):
            return True
    return False


@dataclass
class _Run:
    """One walk over a module's references serves all rules."""

    source: Source
    settings: Settings
    findings: list[Finding] = field(default_factory=list)
    errors: list[RuleError] = field(default_factory=list)

    def wanted(self, rule: Rule) -> bool:
        if rule.backends_only and self.settings.target == "tensorflow":
            return False
        return self.settings.selects(rule.code)

    def references(self, context: Context) -> None:
        names, attributes = _listeners()
        module = context.module
        for item in module.items:
            for target in item.attributes_set:
                for rule, listener in attributes.get(target.names[-1], ()):
                    self.call(rule, target.offset, listener, target, context)
        for reference in module.references:
            for attribute in reference.names[1:]:
                for rule, listener in attributes.get(attribute, ()):
                    self.call(rule, reference.offset, listener, reference, context)
            heard: list[tuple[Rule, ReferenceListener]] = []
            for qualified in module.qualified(reference):
                end = qualified.find(".")
                while True:
                    prefix = qualified if end < 0 else qualified[:end]
                    heard += (one for one in names.get(prefix, ()) if one not in heard)
                    if end < 0:
                        break
                    end = qualified.find(".", end + 1)
            for rule, listener in heard:
                self.call(rule, reference.offset, listener, reference, context)

    def calls(self, context: Context) -> None:
        listeners = [(rule, one) for rule in rules() if self.wanted(rule) for one in rule.calls]
        for item in context.module.items:
            for call, scope in item.calls:
                for rule, listener in listeners:
                    self.call(rule, call.start_byte, listener, call, scope, context)

    def functions(self, context: Context) -> None:
        listeners = [(rule, one) for rule in rules() for one in rule.functions]
        for item in context.module.items:
            for function in item.functions:
                for rule, listener in listeners:
                    self.call(rule, function.node.start_byte, listener, function, context)

    def modules(self, context: Context) -> None:
        for rule in rules():
            for listener in rule.modules:
                count = len(self.findings)
                self.call(rule, 0, listener, context)
                self.findings[count:] = [
                    replace(finding, whole_module=True) for finding in self.findings[count:]
                ]

    def project(self, file: ProjectFile) -> None:
        for rule in rules():
            for listener in rule.project_files:
                self.call(rule, 0, listener, file)

    def call(
        self,
        rule: Rule,
        offset: int,
        listener: Callable[..., Iterator[Finding]],
        *arguments: Reference | Node | Scope | Context | ProjectFile,
    ) -> None:
        """Run a listener; one that raises is reported and the others go on."""
        if not self.wanted(rule):
            return
        try:
            self.findings += listener(*arguments)
        except Exception as error:  # noqa: BLE001 - whatever a rule does, the others go on
            line = self.source.lines.line_of(offset) + 1
            self.errors.append(RuleError(rule.code, line, f"{type(error).__name__}: {error}"))


_Heard = dict[str, list[tuple[Rule, ReferenceListener]]]


@cache
def _listeners() -> tuple[_Heard, _Heard]:
    """Who listens to which qualified names, and to which attributes."""
    names: _Heard = {}
    attributes: _Heard = {}
    for rule in rules():
        for prefix, listener in rule.names:
            names.setdefault(prefix, []).append((rule, listener))
        for attribute, listener in rule.attributes:
            attributes.setdefault(attribute, []).append((rule, listener))
    return names, attributes
