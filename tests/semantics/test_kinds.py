"""What a value is, as far as the code says; None where it doesn't.

Each case is a source and what its `see(…)` are: the type, with the dtype class or the public
name where there is one; empty for unknown.
"""

from __future__ import annotations

from textwrap import dedent

import pytest

from k3ls.semantics import Kind, Module, kind_of
from k3ls.semantics.kinds import class_kind
from tests.semantics.seen import module_of, seen

KERAS = """\
import keras
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers
from tensorflow.keras.layers import Dense
inputs = keras.Input((3,))
"""


def kinds(module: Module) -> list[Kind | None]:
    return [kind_of(module, node, scope) for node, scope in seen(module)]


def told(kind: Kind | None) -> str:
    if kind is None:
        return ""
    own = kind.name or (kind.scope.name if kind.scope is not None else None)
    return " ".join(part for part in (kind.type, kind.dtype, own) if part)


def check(source: str, expected: list[str]) -> None:
    assert [told(kind) for kind in kinds(module_of(KERAS + dedent(source)))] == expected


LITERALS = {
    "1": "literal int",
    "0xFF": "literal int",
    "1.0": "literal float",
    "1e5": "literal float",
    "1j": "literal complex",
    "1.5J": "literal complex",
    "True": "literal bool",
    "False": "literal bool",
    "'a'": "literal string",
    "'a' 'b'": "literal string",
    "f'{x}'": "literal string",
    "None": "",
    "...": "",
    "(1)": "literal int",
    "-1": "literal int",
    "-1.0": "literal float",
    "1 + 2": "literal int",
    "1 + 2.0": "literal float",
    "1 / 2": "literal float",
    "1 // 2": "literal int",
    "2 * 1j": "literal complex",
    "'a' + 'b'": "literal string",
    "'%d' % 3": "literal string",
    "1 + x": "",
    "[1, 2]": "items int",
    "(1, 2.0)": "items float",
    "[[1, 2], [3, 4]]": "items int",
    "[1, True]": "items",
    "[1, 'a']": "items",
    "[1, x]": "items",
    "[]": "items",
    "[*x, 1]": "items",
    "{1, 2}": "",
    "{'a': 1}": "",
    "[x for x in y]": "",
    "lambda: 1": "",
    "1 if x else 2": "literal int",
    "1 if x else 'a'": "",
    "1 < 2": "",
    "not 1": "",
}


@pytest.mark.parametrize(("expression", "expected"), LITERALS.items(), ids=LITERALS)
def test_literals(expression: str, expected: str) -> None:
    check(f"see({expression})", [expected])
    check(f"value = {expression}\nsee(value)", [expected])


CLASSES: dict[str, tuple[str, set[str]]] = {
    "layer": ("class A(keras.layers.Layer): pass", {"keras.layers.Layer"}),
    "imported": ("class A(Dense): pass", {"keras.layers.Dense", "keras.layers.Layer"}),
    "model": ("class A(tf.keras.Model): pass", {"keras.Model", "keras.layers.Layer"}),
    "of Keras 3 only": ("class A(keras.Layer): pass", {"keras.layers.Layer"}),
    "alias": ("Base = layers.Layer\nclass A(Base): pass", {"keras.layers.Layer"}),
    "local base": (
        "class B(layers.Layer): pass\nclass C(B): pass\nclass A(C): pass",
        {"keras.layers.Layer"},
    ),
    "several bases": (
        "class B: pass\nclass A(B, keras.callbacks.Callback, layers.Layer, metaclass=M): pass",
        {"keras.callbacks.Callback", "keras.layers.Layer"},
    ),
    "either package": (
        "try:\n    from keras import layers\nexcept ImportError:\n"
        "    from tensorflow.keras import layers\nclass A(layers.Layer): pass",
        {"keras.layers.Layer"},
    ),
    "star": (
        "from tensorflow.keras.layers import *\nclass A(Conv2D): pass",
        {"keras.layers.Conv2D", "keras.layers.Layer"},
    ),
    "star is shadowed": (
        "from tensorflow.keras.layers import *\nclass Conv2D: pass\nclass A(Conv2D): pass",
        set(),
    ),
    "none": ("class A: pass", set()),
    "unknown": ("class A(f(), B, object): pass", set()),
    "itself": ("class A(A): pass", set()),
}


@pytest.mark.parametrize(("source", "bases"), CLASSES.values(), ids=CLASSES)
def test_what_a_class_derives_from(source: str, bases: set[str]) -> None:
    module = module_of(KERAS + source)
    (scope,) = [cls for item in module.items for cls in item.classes if cls.name == "A"]
    kind = class_kind(module, scope)
    assert kind.type == "class"
    assert kind.scope is scope
    assert kind.bases >= bases
    assert kind.is_a("keras.layers.Layer") == ("keras.layers.Layer" in bases)
    (binding,) = [one for one in module.scope.bindings["A"] if one.inner is scope]
    assert kind_of(module, binding.node, module.scope) is None
    check(source + "\nsee(A)\nsee(A())", ["class A", "object A"])


VALUES: dict[str, tuple[str, list[str]]] = {
    "public class": (
        "see(Dense)\nsee(Dense(3))\nsee(tf.keras.Sequential([]))",
        ["class keras.layers.Dense", "object keras.layers.Dense", "object keras.Sequential"],
    ),
    "model": (
        "m = tf.keras.Model(inputs, inputs)\nsee(m)\nsee(m(inputs))\nsee(m.layers)",
        ["object keras.Model", "keras_tensor", ""],
    ),
    "input": (
        "see(inputs)\nsee(tf.keras.layers.Input((3,), dtype='int32'))\n"
        "see(keras.Input((3,), dtype=tf.bool))",
        ["keras_tensor float", "keras_tensor int", "keras_tensor bool"],
    ),
    "layer called on a symbolic tensor": (
        "see(Dense(3)(inputs))\nx = Dense(3)\nsee(x(inputs))\nx = x(inputs)\nx = x + 1\nsee(x)\n"
        "see(Dense(3)(inputs=inputs))",
        ["keras_tensor"] * 4,
    ),
    "layer called on several": (
        "see(layers.Add()([inputs, Dense(3)(inputs)]))\nsee(layers.Add()((inputs, x)))",
        ["keras_tensor", "keras_tensor"],
    ),
    "layer called on a value": (
        "see(Dense(3)(np.random.rand(3)))\nsee(Dense(3)(1.0))",
        ["tensor", "tensor"],
    ),
    "sequence of layers": (
        "x = inputs\nfor i in range(3):\n    x = Dense(3)(x)\nsee(x)",
        ["keras_tensor"],
    ),
    "operators": (
        "see(inputs + 1)\nsee(1 - inputs)\nsee(inputs @ x)\nsee(-inputs)\nsee(inputs[0])\n"
        "see(inputs > 0)\nsee(x == inputs)\nsee((inputs))",
        ["keras_tensor float"] * 5 + ["keras_tensor bool"] * 2 + ["keras_tensor float"],
    ),
    "division makes floats": (
        "i = keras.Input((), dtype='int32')\nsee(i / 2)\nsee(i // 2)",
        ["keras_tensor float", "keras_tensor int"],
    ),
    "questions of Python's": (
        "see(inputs is None)\nsee(inputs is not x)\nsee(x in inputs)\nsee(x not in inputs)\n"
        "see(not inputs)\nsee(inputs and x)",
        [""] * 6,
    ),
    "augmented": (
        "x = inputs\nx += 1\nsee(x)\ny = 1\ny += 1.0\nsee(y)\nz += 1\nsee(z)\n"
        "n = 1\nn /= 2\nsee(n)",
        ["keras_tensor float", "literal float", "", "literal float"],
    ),
    "unpacked": (
        "a, b = inputs, 1\nsee(a)\nsee(b)\n[c, d] = (a, b)\nsee(c)\ne, = 1.0,\nsee(e)",
        ["keras_tensor float", "literal int", "keras_tensor float", "literal float"],
    ),
    "unpacked in an unclear way": (
        "(a, b), c = (1, 2), inputs\nsee(a)\nsee(c)\n*d, e = inputs, 1\nsee(d)\nsee(e)\n"
        "f, g = *x, 1\nsee(g)",
        ["", "keras_tensor float", "", "", ""],
    ),
    "unpacked from a name": (
        "pair = 1, 2.0\na, b = pair\nsee(b)\na, b, c = pair\nsee(c)\na, b = f()\nsee(a)",
        ["literal float", "", ""],
    ),
    "walrus": ("if (x := Dense(3)):\n    see(x)", ["object keras.layers.Dense"]),
    "agreeing branches": (
        "if c:\n    x = 1\nelse:\n    x = 2\nsee(x)\nif c:\n    x = 'a'\nsee(x)",
        ["literal int", ""],
    ),
    "branches of tensors": (
        "x = inputs\nif c:\n    x = Dense(3)(x)\nsee(x)\nif c:\n    x = 1\nsee(x)",
        ["keras_tensor", ""],
    ),
    "on itself": (
        "x = inputs\nwhile c:\n    x = f(x)\nsee(x)\ndef g(y):\n    while y:\n        y = y + 1\n"
        "    see(y)\nwhile c:\n    z = z + inputs\nsee(z)",
        ["", "", "keras_tensor float"],
    ),
    "turned into another kind by a loop": (
        "x = 1\nwhile c:\n    see(x)\n    x = x / 2\nsee(x)",
        ["", ""],
    ),
    "unknown": (
        "see(x)\nsee(x.y)\nsee(f(x))\nsee(np)\nsee(tf.no_such_function(x))\nsee(x[0])\n"
        "for i in inputs:\n    see(i)\nwith f() as g:\n    see(g)\nsee(await_)",
        [""] * 9,
    ),
    "dataset": (
        "ds = tf.data.Dataset.from_tensor_slices(x)\nsee(ds)\n"
        "see(ds.map(f).filter(g).batch(3).prefetch(1))\nds = ds.shuffle(3)\nsee(ds)\n"
        "see(tf.data.Dataset.range(3).take(1))\nsee(tf.data.TFRecordDataset(x).repeat())\n"
        "see(tf.data.TextLineDataset(x))\nsee(ds.cardinality())\nsee(ds.reduce(0, f))",
        ["dataset"] * 6 + ["", ""],
    ),
    "no dataset": (
        "see(tf.data.DatasetSpec(x))\nsee(tf.data.Options())\nsee(x.map(f))\nsee([1].map(f))",
        ["", "", "", ""],
    ),
    "imported dataset class": (
        "from tensorflow.data import Dataset\nsee(Dataset.range(3).map(f))",
        ["dataset"],
    ),
    "NumPy": (
        "see(np.random.rand(3))\nsee(np.random.rand(3)[0])\nsee(np.array(x))",
        ["array float", "array float", ""],
    ),
    "tensor of a variable": (
        "see(tf.Variable(1.0))\nsee(tf.Variable(x) + 1)",
        [
            "tensor tensorflow.Variable",
            "tensor",
        ],
    ),
    "numpy()": ("see(tf.Variable(1.0).numpy())\nsee(inputs.numpy())", ["array", ""]),
    "function": ("def f(): pass\nsee(f)\ng = f\nsee(g)", ["function f", "function f"]),
    "returned": (
        """
        def f():
            return inputs
        def g(x):
            if x:
                return 1
            return 2
        def h(x):
            if x:
                return 1
            return x
        def i():
            pass
        def j():
            return 1, 2.0
        a, b = j()
        see(f())
        see(g(x))
        see(h(1))
        see(i())
        see(b)
        """,
        ["keras_tensor float", "literal int", "", "", "literal float"],
    ),
    "returned by something inside": (
        "def f():\n    def g():\n        return 1\n    class A:\n        def h(self): return 'a'\n"
        "    return lambda: inputs\nsee(f())\nsee(f)",
        ["", "function f"],
    ),
    "generators and coroutines": (
        "def f():\n    yield 1\n    return inputs\nsee(f())\nasync def g():\n    return inputs\n"
        "see(g())\ndef h():\n    x = lambda: (yield)\n    return inputs\nsee(h())",
        ["", "", "keras_tensor float"],
    ),
    "recursion": ("def f(x):\n    return f(x)\nsee(f(1))", [""]),
    "parameters": (
        "def f(a, b: tf.Tensor, c: 'tf.Tensor', d: tf.data.Dataset = None, e: Dense = 1,\n"
        "      *f: tf.Tensor, g: int = 3):\n" + "".join(f"    see({name})\n" for name in "abcdefg"),
        ["", "tensor", "", "dataset", "object keras.layers.Dense", "", ""],
    ),
    "an annotation is read outside the function": (
        "def f(tf: tf.Tensor):\n    see(tf)\ndef g(Dense, x: Dense):\n    see(x)",
        ["tensor", "object keras.layers.Dense"],
    ),
    "self": (
        """
        class A(layers.Layer):
            def __init__(self, units, /):
                self.units = units
                self.scale, self.name_ = 2.0, 'a'
                self.dense = layers.Dense(units)
                self.total = 0
            def build(self, shape):
                self.kernel = self.add_weight(shape=shape)
                self.total += 1.0
            def call(self, x):
                see(self)
                see(self.units)
                see(self.scale)
                see(self.dense)
                see(self.dense(inputs))
                see(self.kernel)
                see(self.total)
                see(self.missing)
                see(self.helper())
                see(self.add_weight)
            def helper(this):
                return this.scale
            @classmethod
            def make(cls):
                see(cls)
                see(cls())
            @staticmethod
            def other(x):
                see(x)
            def __new__(cls):
                see(cls)
        a = A(3)
        see(a.scale)
        see(a.helper())
        see(a(inputs))
        """,
        [
            "object A",
            "",
            "literal float",
            "object keras.layers.Dense",
            "keras_tensor",
            "tensor",
            "",
            "",
            "literal float",
            "",
            "class A",
            "object A",
            "",
            "class A",
            "literal float",
            "literal float",
            "keras_tensor",
        ],
    ),
    "inherited in this module": (
        """
        class A(layers.Layer):
            def __init__(self):
                self.dense = Dense(3)
                self.rate = 1
            def helper(self):
                return self.dense
        class Between(A): pass
        class B(Mixin, Between):
            def __init__(self):
                self.rate = 1.0
            def call(self, x):
                see(self.dense)
                see(self.rate)
                see(self.helper())
        """,
        ["object keras.layers.Dense", "literal float", "object keras.layers.Dense"],
    ),
    "self in an inner function": (
        "class A:\n    def m(self):\n        self.x = 1\n        return lambda: see(self.x)",
        ["literal int"],
    ),
}


@pytest.mark.parametrize(("source", "expected"), VALUES.values(), ids=VALUES)
def test_values(source: str, expected: list[str]) -> None:
    check(source, expected)


def test_parts_of_what_is_known() -> None:
    (kind,) = kinds(module_of(KERAS + "see((1, x, [2.0, inputs]))"))
    assert kind is not None
    assert [told(part) for part in kind.items] == ["literal int", "", "items float"]
    third = kind.items[2]
    assert third is not None
    assert [told(part) for part in third.items] == ["literal float", "keras_tensor float"]


def test_is_a() -> None:
    kind = Kind("object", bases=frozenset(("keras.Model", "keras.layers.Layer")))
    assert kind.is_a("keras.Model")
    assert kind.is_a("keras.callbacks.Callback", "keras.layers.Layer")
    assert not kind.is_a("keras.callbacks.Callback")
    assert [Kind(name).is_tensor for name in ("tensor", "keras_tensor", "array")] == [
        True,
        True,
        False,
    ]
