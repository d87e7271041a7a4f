"""Where code stands: in a layer's call, in a training step, in what tf.data runs, …

Each case is a source and, for each of its `see(…)`, whether it stands there.
"""

from __future__ import annotations

from collections.abc import Callable
from textwrap import dedent

import pytest

from k3ls.semantics import Module, Scope, enclosing_class, in_layer_call, stays_tensorflow
from k3ls.semantics.context import in_step, in_tf_function, method_name
from tests.semantics.seen import module_of, seen

TF = """\
import functools
import numpy as np
import pandas as pd
import tensorflow as tf
import keras
from tensorflow.keras import layers
"""


def asked(question: Callable[[Module, Scope], bool], source: str) -> list[bool]:
    module = module_of(TF + dedent(source))
    return [question(module, scope) for _, scope in seen(module)]


METHODS = """
class A({base}):
    see(1)
    def __init__(self):
        see(2)
    def {method}(self, x):
        see(3)
        def inner(y):
            see(4)
        [see(5) for z in x]
        return lambda: see(6)
    @tf.function
    def other(self):
        see(7)
def {method}(x):
    see(8)
"""
INSIDE = [False, False, True, True, True, True, False, False]
NOWHERE = [False] * 8


@pytest.mark.parametrize(
    ("base", "method", "expected"),
    [
        ("layers.Layer", "call", INSIDE),
        ("keras.Layer", "call", INSIDE),
        ("tf.keras.layers.Dense", "call", INSIDE),
        ("keras.Model", "call", INSIDE),
        ("Mixin, keras.Sequential", "call", INSIDE),
        ("layers.Layer", "build", NOWHERE),
        ("layers.Layer", "train_step", NOWHERE),
        ("object", "call", NOWHERE),
        ("keras.callbacks.Callback", "call", NOWHERE),
        ("Unknown", "call", NOWHERE),
    ],
)
def test_in_layer_call(base: str, method: str, expected: list[bool]) -> None:
    source = METHODS.format(base=base, method=method)
    assert asked(in_layer_call, source) == expected


def test_in_the_call_of_a_layer_with_a_local_base() -> None:
    source = "class B(layers.Layer): pass\n" + METHODS.format(base="B", method="call")
    assert asked(in_layer_call, source) == INSIDE


def test_a_class_inside_a_call_has_calls_of_its_own() -> None:
    source = """
    class A(layers.Layer):
        def call(self, x):
            class B:
                see(1)
                def call(self, x):
                    see(2)
            class C(layers.Layer):
                def call(self, x):
                    see(3)
                def other(self, x):
                    see(4)
    """
    assert asked(in_layer_call, source) == [True, False, True, False]


@pytest.mark.parametrize(
    ("base", "method", "expected"),
    [
        ("keras.Model", "train_step", INSIDE),
        ("tf.keras.Sequential", "test_step", INSIDE),
        ("keras.Model", "predict_step", INSIDE),
        ("keras.Model", "call", NOWHERE),
        ("layers.Layer", "train_step", NOWHERE),
        ("Unknown", "train_step", NOWHERE),
    ],
)
def test_in_step(base: str, method: str, expected: list[bool]) -> None:
    assert asked(in_step, METHODS.format(base=base, method=method)) == expected


def test_the_class_and_the_method_around() -> None:
    module = module_of(TF + METHODS.format(base="keras.Model", method="call"))
    around = [(enclosing_class(module, scope), method_name(scope)) for _, scope in seen(module)]
    assert [name for _, name in around] == [
        None,
        "__init__",
        "call",
        "call",
        "call",
        "call",
        "other",
        None,
    ]
    for kind, name in around:
        assert (kind is not None) == (name is not None)
        assert kind is None or kind.is_a("keras.Model")


def test_in_tf_function() -> None:
    source = """
    from tensorflow import function as graph
    @tf.function
    def a():
        see(1)
        def inner():
            see(2)
    @x.y
    @tf.function(jit_compile=True)
    def b(y=see(3)):
        see(4)
    @graph
    def c():
        see(5)
    @functools.wraps
    def d(function):
        @function
        def e():
            see(6)
    class A:
        @tf.function()
        def f(self):
            see(7)
        def g(self, tf):
            @tf.function
            def h():
                see(8)
    see(9)
    @tf.function
    def i(tf):
        see(10)
    """
    expected = [True, True, False, True, True, False, True, False, False, True]
    assert asked(in_tf_function, source) == expected


DATASET = "ds = tf.data.Dataset.range(3)\n"

PIPELINES: dict[str, tuple[str, list[bool]]] = {
    "lambda": ("ds.map(lambda x: see(x))\nsee(1)", [True, False]),
    "keyword": ("ds.map(num_parallel_calls=3, map_func=lambda x: see(x))", [True]),
    "in a chain": (
        "ds.shuffle(3).map(lambda x: see(x)).filter(lambda x: see(x)).batch(see(3))",
        [True, True, False],
    ),
    "nested": (
        "ds.interleave(lambda x: tf.data.Dataset.range(x).map(lambda y: see(y)))",
        [True],
    ),
    "by name": (
        "def parse(x):\n    see(x)\n    def inner(): see(x)\ndef other(x): see(x)\nds.map(parse)",
        [True, True, False],
    ),
    "before its definition": (
        "def load():\n    return make().map(parse)\ndef parse(x): see(x)",
        [True],
    ),
    "local": ("def load(ds):\n    def parse(x): see(x)\n    return ds.map(parse)", [True]),
    "another function of that name": (
        "def parse(x): see(x)\ndef load(parse):\n    return ds.map(parse)",
        [False],
    ),
    "by another name": (
        "def parse(x): see(x)\nfn = parse\nds.map(fn)\nshift = lambda x: see(x)\nds.map(shift)",
        [True, True],
    ),
    "partial": (
        "def parse(x, y): see(x)\nds.map(functools.partial(parse, y=1))\n"
        "def resize(x, y): see(x)\nfn = functools.partial(resize, 3)\nds.map(fn)",
        [True, True],
    ),
    "partial of a lambda": ("ds.map(tf.function(lambda x: see(x)))", [True]),
    "called by one": (
        "def one(x): return two(x)\ndef two(x): return three(x) + see(x)\ndef three(x): see(x)\n"
        "def four(x): see(x)\nds.map(lambda x: one(x))\nfour(1)",
        [True, True, False],
    ),
    "in a circle": (
        "def one(x): return two(x)\ndef two(x): return one(see(x))\nds.map(one)",
        [True],
    ),
    "handed on only": ("def one(x): see(x)\ndef two(x): use(one)\nds.map(two)", [False]),
    "methods": (
        """
        class Loader:
            def load(self, ds):
                self.parse = self.parse
                return ds.map(self.parse_one).filter(Loader.keep)
            def parse_one(self, x):
                see(x)
                return self.resize(x)
            def resize(self, x):
                see(x)
            @staticmethod
            def keep(x):
                see(x)
            def unused(self, x):
                see(x)
        """,
        [True, True, True, False],
    ),
    "inherited method": (
        """
        class Base:
            def parse(self, x): see(x)
            def other(self, x): see(x)
        class Loader(Base):
            def load(self, ds): return ds.map(self.parse)
            def other(self, x): see(x)
        Loader().load(ds)
        ds.map(Loader().other)
        """,
        [True, False, True],
    ),
    "function in an attribute": (
        """
        def parse(x): see(x)
        class Loader:
            def __init__(self): self.fn = parse
            def load(self, ds): return ds.map(self.fn)
        """,
        [True],
    ),
    "other methods of datasets": (
        "".join(
            f"ds.{name}(lambda x: see(x))\n"
            for name in ("filter", "flat_map", "interleave", "take_while", "scan", "apply")
        )
        + "ds.reduce(0, lambda x, y: see(x))\nds.batch(lambda: see(x))",
        [True] * 7 + [False],
    ),
    "generator": (
        "def make():\n    yield see(1)\ntf.data.Dataset.from_generator(make, tf.int32)\n"
        "from tensorflow.data import Dataset\nDataset.from_generator(lambda: see(1))",
        [True, True],
    ),
    "a dataset for all that is known": (
        "def f(ds, x):\n    ds.map(lambda x: see(x))\n    load(x).map(lambda x: see(x))\n"
        "    self.ds.map(lambda x: see(x))\nfrom .data import train\ntrain.map(lambda x: see(x))",
        [True] * 4,
    ),
    "dataset of arrays": (
        "tf.data.Dataset.from_tensor_slices(np.ones(3)).map(lambda x: see(x))",
        [True],
    ),
    "functions that have their own map": (
        "map(lambda x: see(x), y)\nkeras.ops.map(lambda x: see(x), y)\n"
        "tf.scan(lambda x, y: see(x), z)\ntf.map_fn(lambda x: see(x), y)",
        [False] * 4,
    ),
    "list": ("x = [1, 2]\nx.map(lambda x: see(x))\n(1, 2).map(lambda x: see(x))", [False, False]),
    "pandas": (
        "df = pd.read_csv('a')\ndf.apply(lambda x: see(x))\ndf['a'].map(lambda x: see(x))\n"
        "pd.DataFrame().x.dropna().apply(lambda x: see(x))\ncolumn = df['a']\n"
        "column.map(lambda x: see(x))",
        [False] * 4,
    ),
    "pool": (
        "from multiprocessing import Pool\nPool(3).map(lambda x: see(x), y)\n"
        "from concurrent.futures import ThreadPoolExecutor as Executor\nexecutor = Executor()\n"
        "executor.map(lambda x: see(x), y)",
        [False, False],
    ),
    "object of this module": (
        "class Box:\n    def map(self, f): return f(1)\nBox().map(lambda x: see(x))",
        [False],
    ),
    "model": ("m = keras.Sequential()\nm.apply(lambda x: see(x))", [False]),
    "symbolic tensor": ("keras.Input((3,)).map(lambda x: see(x))", [False]),
}


@pytest.mark.parametrize(("source", "expected"), PIPELINES.values(), ids=PIPELINES)
def test_stays_tensorflow(source: str, expected: list[bool]) -> None:
    assert asked(stays_tensorflow, DATASET + dedent(source)) == expected
