"""TensorFlow ops and what takes their place in Keras 3.

`ops.json` is written by `tools/build_ops.py` from the rows in `op_rows/*.toml`, the signatures of
the installed packages, and what executing each row on every backend showed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from k3ls.knowledge.symbols import canonical, symbol

BACKENDS = ("tensorflow", "jax", "torch")


@dataclass(frozen=True, slots=True)
class Rewrite:
    """One way to write an op's call for Keras 3.

    Attributes:
        when: conditions on the arguments by parameter: `absent`, `given`, `default` (absent or
            the default), `expression` (no literal), `sequence` or `integer` (a literal one),
            `member` (an attribute), `= LITERAL`, `calls NAME` (a call of the function of that
            qualified name), `attribute NAMES` (an attribute of one of these names), `any` (it is
            left out).
        template: a Python expression in which the op's parameters stand for its arguments; see
            `k3ls.rules.rewriting.template`.
        verified: by the class of the input's dtype and by backend, what executing the op and
            this rewrite showed: `agree`, `dtype` (same values, another dtype), `type` (same
            values, Python numbers instead of a tensor), `differ` or `fail`; no entry for a class
            that TensorFlow refuses.
        check: what a person has to check after this rewrite; empty if nothing.
        second: whether it is the second choice, offered beside another.
    """

    when: Mapping[str, str]
    template: str
    verified: Mapping[str, Mapping[str, str]]
    check: str = ""
    second: bool = False

    @property
    def target(self) -> str:
        """The function that does the op's work, Keras's if there is one."""
        found = re.search(r"keras\.[\w.]+", self.template)
        if found is not None:
            return found.group()
        return self.template.partition("(")[0] or "tuple"

    @property
    def is_operator(self) -> bool:
        """Whether the op becomes an operator between its arguments."""
        return re.fullmatch(r"\w+ \S \w+|\w+\[.*\]", self.template) is not None

    @property
    def since(self) -> str | None:
        """The first Keras release that has all functions of the template, if that isn't 3.0."""
        found = map(symbol, re.findall(r"keras\.[\w.]+", self.template))
        releases = [one.since for one in found if one is not None and one.since is not None]
        return max(releases, key=lambda one: [int(part) for part in one.split(".")], default=None)

    def agrees(self, dtype: str | None) -> bool:
        """Whether values and dtypes were the same on every backend, for inputs of this dtype
        class, or of any that was tried if it is None."""
        classes = self.verified.values() if dtype is None else [self.verified.get(dtype, {})]
        return bool(self.verified) and all(
            outcomes.get(backend) == "agree" for outcomes in classes for backend in BACKENDS
        )

    def differs(self, dtype: str | None) -> bool:
        """Whether inputs of this dtype class are known to give other values, or an error."""
        outcomes = self.verified.get(dtype or "", {})
        return any(outcome in ("differ", "fail") for outcome in outcomes.values())


@dataclass(frozen=True, slots=True, eq=False)
class Op:
    """A row of the op table.

    Attributes:
        names: the qualified names of the op, the usual one first.
        parameters: the op's parameters in order, each with the source of its default or None
            where it must be given.
        variadic: whether the op also takes arguments that aren't listed.
        rewrites: in order of preference; the first whose conditions hold is taken. Empty for an
            op with no counterpart.
        note: what differs, or what to do instead; may be empty.
        check: what a person has to check after any of the rewrites; empty if nothing.
        random: whether the result is random, so that only its distribution can agree.
        signatures: the parameters of each Keras function that the templates call.
        results: the class of the result's dtype by the class of the first tensor's dtype
            (`float`, `int`, `bool`), as TensorFlow gives it.
    """

    names: tuple[str, ...]
    parameters: tuple[tuple[str, str | None], ...]
    variadic: bool
    rewrites: tuple[Rewrite, ...]
    note: str
    check: str
    random: bool
    signatures: Mapping[str, tuple[str, ...]]
    results: Mapping[str, str]

    @property
    def name(self) -> str:
        """The usual name, as it is written with `import tensorflow as tf`."""
        return short_name(self.names[0])

    @property
    def target(self) -> str | None:
        """The Keras function that usually takes its place."""
        return self.rewrites[0].target if self.rewrites else None


@dataclass(frozen=True, slots=True)
class Other:
    """A name of TensorFlow that is no op with a row: a class, a value, a package.

    Attributes:
        name: the qualified name that is spoken of, the longest one known in what was asked for.
        note: what it is to Keras 3, or what to do instead, as sentences.
        stays: whether code with it may stay TensorFlow.
    """

    name: str
    note: str
    stays: bool


def op(name: str) -> Op | None:
    """The row of a qualified name (`tensorflow.math.reduce_mean`, `keras.backend.mean`), None if
    there is none. A name that only TensorFlow 1 had (`tensorflow.log`) is found too."""
    path = canonical(name) or name.replace("tensorflow.compat.v2.", "tensorflow.")
    index = _index().get(path)
    if index is None:
        index = _index().get(path.replace("tensorflow.", "tensorflow.compat.v1.", 1))
    return None if index is None else _op(index)


def other(name: str) -> Other | None:
    """What is known of a qualified name of TensorFlow that has no row, by itself or by the
    package that it is in."""
    path = name.replace("tensorflow.compat.v2.", "tensorflow.")
    row = _others().get(path)
    while row is None and path:
        path = path.rpartition(".")[0]
        row = _others().get(path) or _others().get(f"{path}.*")
    return Other(path, row["note"], row["stays"]) if row is not None else None


def ops() -> tuple[Op, ...]:
    """Every row."""
    return tuple(_op(index) for index in range(len(data()["ops"])))


def short_name(name: str) -> str:
    """A qualified name as it is usually written: `tf.reduce_mean`, `K.mean`, `tfa.layers.CRF`."""
    for prefix, short in (
        ("tensorflow.", "tf."),
        ("tensorflow_addons.", "tfa."),
        ("keras.backend.", "K."),
    ):
        if name.startswith(prefix):
            return short + name[len(prefix) :]
    return name


@cache
def data() -> dict[str, Any]:
    """The whole file: the releases that it was verified on, and the rows."""
    loaded: dict[str, Any] = json.loads(
        files("k3ls.knowledge").joinpath("ops.json").read_text("utf-8")
    )
    return loaded


@cache
def _index() -> dict[str, int]:
    rows = data()["ops"]
    return {
        name: index for index, row in enumerate(rows) for name in (*row["aliases"], *row["names"])
    }


@cache
def _others() -> dict[str, dict[str, Any]]:
    return {name: row for row in data()["others"] for name in row["names"]}


@cache
def _op(index: int) -> Op:
    row = data()["ops"][index]
    return Op(
        names=tuple(row["names"]),
        parameters=tuple((name, default) for name, default in row["parameters"]),
        variadic=row["variadic"],
        rewrites=tuple(
            Rewrite(
                one["when"],
                one["template"],
                one["verified"],
                one.get("check", ""),
                one.get("second", False),
            )
            for one in row["rewrites"]
        ),
        note=row["note"],
        check=row["check"],
        random=row["random"],
        signatures={name: tuple(names) for name, names in row["signatures"].items()},
        results=row["results"],
    )
