"""Made-up programs of objects are run, and each turns out to be of the kind that was said."""

from __future__ import annotations

import random
from collections import defaultdict
from contextlib import suppress
from types import SimpleNamespace

from hypothesis import given, settings
from hypothesis import strategies as st

from k3ls.semantics import Kind, Module, kind_of
from k3ls.syntax import parse, text
from tests.semantics.seen import seen
from tests.semantics.test_soundness import Lines, Over, compound, headed, numbered


class Layer:
    path = "keras.layers.Layer"


class Dense(Layer):
    path = "keras.layers.Dense"


class RNN(Layer):
    path = "keras.layers.RNN"


class LSTM(RNN):
    path = "keras.layers.LSTM"


class Model(Layer):
    path = "keras.Model"

    @property
    def layers(self) -> list[Layer]:
        return [Dense(), LSTM(), Model()]

    def get_layer(self, name: str) -> Layer:
        return LSTM()


KERAS = SimpleNamespace(
    layers=SimpleNamespace(Layer=Layer, Dense=Dense, LSTM=LSTM),
    Model=Model,
    models=SimpleNamespace(load_model=lambda path: Model()),
)

NAMES = st.sampled_from("xyxyxyz")
LISTS = st.sampled_from("lm")
CLASSES = st.sampled_from(["keras.layers.Dense", "keras.layers.LSTM", "keras.Model"])
CREATED = st.one_of(
    st.builds("{}()".format, CLASSES),
    st.builds("{}()".format, CLASSES),
    st.sampled_from(["1", "None", "keras.models.load_model('a')", "(z := keras.Model())"]),
    st.sampled_from(["made()", "also()", "A().a", "A().b", "A().c()", "A().d"]),
)
VALUES = st.one_of(
    CREATED,
    st.builds("{}".format, NAMES),
    st.builds("{}.layers[0]".format, NAMES),
    st.builds("{}.get_layer('a')".format, NAMES),
    st.builds("{}[0]".format, LISTS),
    st.builds("({} if choose() else {})".format, CREATED, NAMES),
)
BEGIN = [
    "x, y, z = keras.Model(), 1, None",
    "l, m = [], [keras.Model()]",
    "def f(): see(x, #)",
    "def g(): see(y, #)",
    "def made():",
    "    if choose(): return None",
    "    return keras.Model()",
    "def also(a=keras.layers.Dense()):",
    "    see(a, #)",
    "    if choose(): return keras.layers.LSTM()",
    "    return a",
]
SIMPLE = st.one_of(
    st.builds("see({}, #)".format, NAMES),
    st.builds("see({}, #)".format, VALUES),
    st.builds("{} = {}".format, NAMES, VALUES),
    st.builds("{}, {} = {}, {}".format, NAMES, NAMES, VALUES, VALUES),
    st.builds("{} = [{}, {}]".format, LISTS, VALUES, VALUES),
    st.builds("{} = [{} for _ in some()]".format, LISTS, VALUES),
    st.builds("{}.append({})".format, LISTS, VALUES),
    st.builds("{}[0] = {}".format, LISTS, VALUES),
    st.builds("[see(i, #) for i in {} if isinstance(i, {})]".format, LISTS, CLASSES),
    st.builds("isinstance({}, {}) and see({}, #)".format, NAMES, CLASSES, NAMES),
    st.builds("assert not isinstance({}, {}) or see({}, #)".format, NAMES, CLASSES, NAMES),
    st.builds("if choose(): assert isinstance({}, {})".format, NAMES, CLASSES),
    st.builds("also({})".format, CREATED.filter(lambda value: value.startswith("keras.l"))),
    st.just("f(); g()"),
).map(lambda line: [line])


def looped(kind: str, first: str, second: str, body: Lines) -> Lines:
    return headed(f"for {first} in {kind.format(second)}", body)


def parted(name: str, cls: str, negated: str, one: Lines, two: Lines) -> Lines:
    test = f"if {negated}isinstance({name}, {cls})"
    return [*headed(test, [f"see({name}, #)", *one]), *headed("else", [f"see({name}, #)", *two])]


def left(name: str, cls: str, body: Lines) -> Lines:
    test = headed(f"if not isinstance({name}, {cls})", ["continue"])
    return headed("for _ in some()", [*test, f"see({name}, #)", *body, f"see({name}, #)"])


def block(statements: st.SearchStrategy[Lines]) -> st.SearchStrategy[Lines]:
    parts = st.lists(statements, min_size=1, max_size=4)
    return parts.map(lambda lines: [line for part in lines for line in part])


def nested(inner: st.SearchStrategy[Lines]) -> st.SearchStrategy[Lines]:
    over = st.sampled_from(["{}", "reversed({})", "list({})"])
    return st.one_of(
        compound(block(inner)),
        st.builds(looped, over, NAMES, LISTS, block(inner)),
        st.builds(looped, st.just("{}.layers"), NAMES, NAMES, block(inner)),
        st.builds(looped, st.just("enumerate({})"), st.just("i, x"), LISTS, block(inner)),
        st.builds(
            parted, NAMES, CLASSES, st.sampled_from(["", "not "]), block(inner), block(inner)
        ),
        st.builds(left, NAMES, CLASSES, block(inner)),
    )


def classes(first: str, second: str, third: str, fourth: str) -> Lines:
    """A class whose attributes, methods and properties are used in programs."""
    return [
        "class A:",
        f"    b = {first}",
        "    def __init__(self):",
        f"        self.a = {second}",
        f"        if choose(): self.a = {third}",
        f"    def c(self): return {fourth}",
        "    @property",
        "    def d(self): return self.a",
    ]


PROGRAMS = st.builds(
    lambda cls, body: [*BEGIN, *cls, *body],
    st.builds(classes, *[CREATED.filter(lambda value: "A()" not in value)] * 4),
    block(st.recursive(SIMPLE, nested, max_leaves=12)),
)


def run(source: str, seed: int) -> dict[int, list[object]]:
    """What each `see` saw, by its number, in a run that `seed` decides."""
    saw: dict[int, list[object]] = defaultdict(list)
    chance = random.Random(seed)
    steps = 0

    def choose() -> bool:
        nonlocal steps
        steps += 1
        if steps > 60:
            raise Over
        return chance.random() < 0.5

    def see(value: object, number: int) -> bool:
        saw[number].append(value)
        return choose()

    space = {
        "choose": choose,
        "see": see,
        "some": lambda: range(choose() + choose()),
        "entered": lambda: suppress(KeyError),
        "keras": KERAS,
    }
    program = compile(source, "program", "exec")
    with suppress(Exception, Over):
        exec(program, space)
    return saw


def fits(value: object, kind: Kind | None) -> bool:
    if kind is None or value is None:
        # That a value may be None is left out where something is asked of it.
        return True
    if kind.type == "object":
        bases = {getattr(base, "path", None) for base in type(value).__mro__} - {None}
        if kind.scope is not None:
            return type(value).__name__ == kind.scope.name
        return kind.bases <= bases and (kind.name is None or bool(bases))
    expected = {"literal": (int, bool, str), "items": (list, tuple), "collection": (list, range)}
    return not isinstance(value, Layer) and isinstance(value, expected.get(kind.type, object))


@settings(max_examples=300)
@given(PROGRAMS, st.integers(0, 2**32))
def test_what_is_seen_is_of_the_kind_that_was_said(lines: Lines, seed: int) -> None:
    source = numbered(lines)
    try:
        saw = run(source, seed)
    except SyntaxError:
        return
    module = Module(parse(f"import keras\n{source}".encode()))
    for node, scope in seen(module):
        number = node.next_named_sibling or node.parent.next_named_sibling
        kind = kind_of(module, node, scope)
        for value in saw.get(int(text(number)), ()):
            assert fits(value, kind), (source, int(text(number)), kind)
