"""Finds the rules by walking this package."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

import k3ls.rules
from k3ls.rules.rule import Rule


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule, by code.

    Raises:
        ValueError: two rules share a code or a name, or one has no documentation.
    """
    found: dict[str, Rule] = {}
    names: set[str] = set()
    for info in pkgutil.walk_packages(k3ls.rules.__path__, "k3ls.rules."):
        module = importlib.import_module(info.name)
        rule = getattr(module, "RULE", None)
        if not isinstance(rule, Rule):
            continue
        if rule.code in found or rule.name in names:
            raise ValueError(f"{info.name}: {rule.code} {rule.name} is taken")
        if not module.__doc__:
            raise ValueError(f"{info.name}: a rule's docstring is its documentation")
        rule.documentation = module.__doc__
        found[rule.code] = rule
        names.add(rule.name)
    return tuple(found[code] for code in sorted(found))


def rule(code_or_name: str) -> Rule | None:
    """The rule of a code (`K101`) or a name."""
    wanted = code_or_name.strip()
    for one in rules():
        if wanted.upper() == one.code or wanted.lower() == one.name:
            return one
    return None
