"""How a rule is written.

A rule is one module in a family's folder. Its docstring is its documentation page; it makes one
`Rule` named `RULE` and decorates the functions that look at the code with what they listen to:

    RULE = Rule("K302", "tensor-numpy", Severity.INFORMATION)

    @RULE.attribute("numpy")
    def check(reference: Reference, context: Context) -> Iterator[Finding]:
        ...

`k3ls.rules.registry` finds it by walking the package.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from tree_sitter import Node

from k3ls.dependencies import ProjectFile
from k3ls.rules.finding import Finding, Fix, Severity
from k3ls.semantics import Reference, Scope

if TYPE_CHECKING:
    from k3ls.rules.context import Context

ReferenceListener = Callable[[Reference, "Context"], Iterator[Finding]]
CallListener = Callable[[Node, Scope, "Context"], Iterator[Finding]]
FunctionListener = Callable[[Scope, "Context"], Iterator[Finding]]
ModuleListener = Callable[["Context"], Iterator[Finding]]
ProjectListener = Callable[[ProjectFile], Iterator[Finding]]


class Rule:
    """A rule and what it listens to.

    Attributes:
        code: `K` and three digits, the family first.
        name: in kebab case.
        severity: of its findings, where the finding doesn't say otherwise.
        backends_only: whether it matters only for leaving TensorFlow.
    """

    def __init__(
        self, code: str, name: str, severity: Severity, *, backends_only: bool = False
    ) -> None:
        self.code = code
        self.name = name
        self.severity = severity
        self.backends_only = backends_only
        self.documentation = ""
        self.names: list[tuple[str, ReferenceListener]] = []
        self.attributes: list[tuple[str, ReferenceListener]] = []
        self.calls: list[CallListener] = []
        self.functions: list[FunctionListener] = []
        self.modules: list[ModuleListener] = []
        self.project_files: list[ProjectListener] = []

    def reference(self, *prefixes: str) -> Callable[[ReferenceListener], ReferenceListener]:
        """Listen to names that stand for something at or below one of the qualified names."""

        def register(listener: ReferenceListener) -> ReferenceListener:
            self.names += ((prefix, listener) for prefix in prefixes)
            return listener

        return register

    def attribute(self, *names: str) -> Callable[[ReferenceListener], ReferenceListener]:
        """Listen to attributes of these names, taken from any value or set on it."""

        def register(listener: ReferenceListener) -> ReferenceListener:
            self.attributes += ((name, listener) for name in names)
            return listener

        return register

    def call(self, listener: CallListener) -> CallListener:
        """Listen to every call, with the scope that it is in."""
        self.calls.append(listener)
        return listener

    def function(self, listener: FunctionListener) -> FunctionListener:
        """Listen to every function, lambdas included."""
        self.functions.append(listener)
        return listener

    def module(self, listener: ModuleListener) -> ModuleListener:
        """Listen to the module as a whole, after its parts."""
        self.modules.append(listener)
        return listener

    def project_file(self, listener: ProjectListener) -> ProjectListener:
        """Listen to what a project file, such as pyproject.toml, requires and sets."""
        self.project_files.append(listener)
        return listener

    def finding(
        self,
        start: int,
        end: int,
        message: str,
        *fixes: Fix | None,
        severity: Severity | None = None,
        rewritten: Iterable[Scope] = (),
    ) -> Finding:
        """A finding of this rule; fixes that are None are left out.

        Args:
            rewritten: the functions that the fixes rewrite with the classes around them.
        """
        definitions = {
            (name.start_byte, name.end_byte)
            for one in rewritten
            for scope in one.enclosing()
            for name in [scope.node.child_by_field_name("name")]
            if name is not None
        }
        return Finding(
            self.code,
            self.name,
            message,
            start,
            end,
            severity or self.severity,
            tuple(fix for fix in fixes if fix is not None),
            tuple(sorted(definitions)),
        )

    @property
    def summary(self) -> str:
        """The first line of the documentation."""
        return self.documentation.strip().splitlines()[0]
