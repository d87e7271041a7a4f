"""Made-up programs are run, and what names turn out to be is among what was said of them."""

from __future__ import annotations

import random
from collections import defaultdict
from contextlib import nullcontext, suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from k3ls.semantics import Module
from k3ls.syntax import parse, text
from tests.semantics.seen import seen

NAMES = st.sampled_from([*"xyxyxy", "tf"])
FUNCTIONS = st.sampled_from(["f", "g"])
Lines = list[str]


BEGIN = [
    "x, y = tf.x, tf.y",
    "def f(): see(x, #)",
    "def g(): see(y, #)",
]


class Path(str):
    """A module or something in it, known by its qualified name."""

    __slots__ = ()

    def __getattr__(self, name: str) -> Path:
        if name.startswith("__"):
            raise AttributeError(name)
        return Path(f"{self}.{name}")


class Over(BaseException):
    """A program has run long enough."""


def indented(lines: Lines) -> Lines:
    return [f"    {line}" for line in lines]


SIMPLE = st.one_of(
    st.builds("see({}, #)".format, NAMES),
    st.builds("see({}, #)".format, NAMES),
    st.builds("{} = tf.{}".format, NAMES, st.sampled_from("ab")),
    st.builds("{} = {}".format, NAMES, NAMES),
    st.builds("{} = {}.c".format, NAMES, NAMES),
    st.builds("{} = None".format, NAMES),
    st.builds("{}, {} = tf.d, {}".format, NAMES, NAMES, NAMES),
    st.builds("{} = 1 if choose() else {}".format, NAMES, NAMES),
    st.builds("if choose(): {} = tf.e".format, NAMES),
    st.builds("choose() and ({} := tf.h) or see({}, #)".format, NAMES, NAMES),
    st.builds("see({} if ({} := tf.i) else ({} := tf.j), #)".format, NAMES, NAMES, NAMES),
    st.builds("[see({}, #) for {} in some()]".format, NAMES, NAMES),
    st.builds("[({} := tf.f, see({}, #)) for _ in some()]".format, NAMES, NAMES),
    st.builds("[see({}, #) for _ in some() if ({} := tf.g)]".format, NAMES, NAMES),
    st.builds("if choose(): del {}".format, NAMES),
    st.builds("{}: int".format, NAMES),
    st.builds("{}()".format, FUNCTIONS),
    st.just("if choose(): fail()"),
).map(lambda line: [line])


def headed(head: str, body: Lines) -> Lines:
    return [f"{head}:", *indented(body)]


def compound(blocks: st.SearchStrategy[Lines]) -> st.SearchStrategy[Lines]:
    condition = st.sampled_from(["choose()", "choose() or see(x, #)", "see(y, #)"])
    left = st.sampled_from(["", "break", "continue", "if choose(): break"])
    looped = st.builds(lambda body, last: [*body, last] if last else body, blocks, left)
    declared = st.builds(
        lambda word, name: [f"{word} {name}"] if word else [],
        st.sampled_from(["", "global", "global", "nonlocal"]),
        NAMES,
    )
    return st.one_of(
        st.builds(lambda test, body: headed(f"if {test}", body), condition, blocks),
        st.builds(
            lambda test, one, two, three: [
                *headed(f"if {test}", one),
                *headed(f"elif {test}", two),
                *headed("else", three),
            ],
            condition,
            blocks,
            blocks,
            blocks,
        ),
        st.builds(lambda test, body: headed(f"while {test}", body), condition, looped),
        st.builds(
            lambda name, body, last: [
                *headed(f"for {name} in some()", body),
                *headed("else", last),
            ],
            NAMES,
            looped,
            blocks,
        ),
        st.builds(
            lambda one, two, name, three, four, five: [
                *headed("try", one),
                *headed("except KeyError", two),
                *headed(f"except LookupError as {name}", three),
                *headed("else", four),
                *headed("finally", five),
            ],
            blocks,
            blocks,
            NAMES,
            blocks,
            blocks,
            blocks,
        ),
        st.builds(lambda name, body: headed(f"with entered() as {name}", body), NAMES, blocks),
        st.builds(lambda body: headed("with entered()", body), blocks),
        st.builds(
            lambda name, one, two: [
                "match choose():",
                *indented(headed("case True", one)),
                *indented(headed(f"case {name}", two)),
            ],
            NAMES,
            blocks,
            blocks,
        ),
        st.builds(lambda body: headed("class A", body), blocks),
        st.builds(
            lambda name, names, body: [*headed(f"def {name}()", [*names, *body]), f"{name}()"],
            FUNCTIONS,
            declared,
            blocks,
        ),
    )


def block(statements: st.SearchStrategy[Lines]) -> st.SearchStrategy[Lines]:
    parts = st.lists(statements, min_size=1, max_size=4)
    return parts.map(lambda lines: [line for part in lines for line in part])


PROGRAMS = block(st.recursive(SIMPLE, lambda inner: compound(block(inner)), max_leaves=12))


def run(source: str, seed: int) -> dict[int, set[str]]:
    """What each `see` saw, by its number, in a run that `seed` decides."""
    saw: dict[int, set[str]] = defaultdict(set)
    chance = random.Random(seed)
    steps = 0

    def choose() -> bool:
        nonlocal steps
        steps += 1
        if steps > 60:
            raise Over
        return chance.random() < 0.5

    def see(value: object, number: int) -> bool:
        if isinstance(value, Path):
            saw[number].add(str(value))
        return choose()

    def fail() -> None:
        choose()
        raise chance.choice([KeyError, IndexError])

    space = {
        "choose": choose,
        "see": see,
        "fail": fail,
        "some": lambda: range(choose() + choose()),
        "entered": lambda: nullcontext(choose()),
        "tf": Path("tensorflow"),
    }
    program = compile(source, "program", "exec")
    # Whatever stops it, it has shown something until then.
    with suppress(Exception, Over):
        exec(program, space)
    return saw


def numbered(lines: Lines) -> str:
    """A program's source, each `#` in it a number of its own."""
    first, *rest = "".join(f"{line}\n" for line in lines).split("#")
    return first + "".join(f"{number}{piece}" for number, piece in enumerate(rest))


@settings(max_examples=300)
@given(PROGRAMS, st.integers(0, 2**32))
def test_what_is_seen_was_said(lines: Lines, seed: int) -> None:
    source = numbered([*BEGIN, *lines])
    try:
        saw = run(source, seed)
    except SyntaxError:
        # A `nonlocal` that nothing binds, a `break` behind a `finally`, …
        return
    module = Module(parse(f"import tensorflow as tf\n{source}".encode()))
    said: dict[int, tuple[str, ...]] = {}
    for node, scope in seen(module):
        number = node.next_named_sibling
        assert number is not None
        said[int(text(number))] = module.names_of(node, scope)
    for place, values in saw.items():
        assert not said[place] or values <= set(said[place]), (source, place)
