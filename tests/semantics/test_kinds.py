"""What a value is, as far as the code says; None where it doesn't.

Each case is a source and what its `see(…)` are: the type, with the dtype class or the public
name where there is one; empty for unknown.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
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
    "{'a': 1}": "mapping",
    "[x for x in y]": "collection",
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
        ["object keras.Model", "keras_tensor", "collection"],
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
    "parameter given a symbolic tensor": (
        "def f(x, y, n=1, *rest, z=None):\n    see(x)\n    see(y)\n    see(n)\n    see(rest)\n"
        "    see(z)\n    return Dense(n)(x)\n"
        "f(1, 2)\ng = f(inputs, 3, 4, inputs, z=f(inputs, 1))\nsee(g)",
        ["keras_tensor", "", "", "", "keras_tensor", "keras_tensor"],
    ),
    "parameter given what is unpacked": (
        "def f(x, y):\n    see(x)\n    see(y)\nf(*a, inputs)\nf(y=inputs, **a)",
        ["", "keras_tensor"],
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
        ["array float", "array float", "array"],
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
        ["", "tensor", "tensor", "dataset", "object keras.layers.Dense", "", ""],
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


OBJECTS: dict[str, tuple[str, list[str]]] = {
    "layers of a model": (
        """
        m = keras.Sequential()
        for layer in m.layers:
            see(layer)
        for i, layer in enumerate(m.layers[1:]):
            see(i)
            see(layer)
        see(m.layers[-1])
        see([layer for layer in reversed(m.layers)][0])
        see(m.get_layer("a"))
        see(m.missing)
        see(m.metrics[0])
        for layer, x in zip(m.layers, y):
            see(layer)
            see(x)
        """,
        [
            "object keras.layers.Layer",
            "literal int",
            "object keras.layers.Layer",
            "object keras.layers.Layer",
            "object keras.layers.Layer",
            "object keras.layers.Layer",
            "",
            "object keras.metrics.Metric",
            "object keras.layers.Layer",
            "",
        ],
    ),
    "of the library's own": (
        """
        see(tf.keras.models.load_model("x"))
        see(keras.models.clone_model(m).optimizer)
        see(tf.keras.applications.ResNet50())
        see(keras.applications.resnet50.ResNet50(weights=None))
        see(keras.applications.resnet50.preprocess_input(x))
        see(keras.optimizers.get("adam"))
        see(keras.layers.deserialize(x))
        see(keras.Sequential.from_config(x))
        see(layers.Bidirectional(x).forward_layer)
        see(layers.TimeDistributed(x).layer)
        see(layers.Dense(3).cell)
        """,
        [
            "object keras.Model",
            "object keras.optimizers.Optimizer",
            "object keras.Model",
            "object keras.Model",
            "",
            "object keras.optimizers.Optimizer",
            "object keras.layers.Layer",
            "object keras.Sequential",
            "object keras.layers.Layer",
            "object keras.layers.Layer",
            "",
        ],
    ),
    "in a subclass": (
        """
        class C(keras.callbacks.Callback):
            def on_epoch_end(self, epoch, logs=None):
                see(self.model)
                see(self.model.optimizer)
        class M(keras.Model):
            def train_step(self, data):
                see(self.optimizer)
                see(self.metrics[0])
        class Own(keras.Model):
            def compile(self, optimizer):
                self.optimizer = optimizer
            @property
            def metrics(self):
                return [keras.metrics.Mean()]
            def train_step(self, data):
                see(self.optimizer)
                see(self.metrics[0])
        class Given(keras.callbacks.Callback):
            def __init__(self, model):
                self.model = model
            def on_epoch_end(self, epoch):
                see(self.model)
        """,
        [
            "object keras.Model",
            "object keras.optimizers.Optimizer",
            "object keras.optimizers.Optimizer",
            "object keras.metrics.Metric",
            "",
            "object keras.metrics.Mean",
            "",
        ],
    ),
    "lists and dictionaries of layers": (
        """
        class A(layers.Layer):
            def __init__(self, n):
                self.all = [Dense(3) for _ in range(n)]
                self.grown = []
                for _ in range(n):
                    self.grown.append(Dense(3))
                self.mixed = [Dense(3)]
                self.mixed.append(n)
                self.extended = [Dense(3)]
                self.extended.extend(n)
                self.named = {"a": Dense(3), "b": Dense(4)}
                self.changed = {"a": Dense(3)}
                self.changed["b"] = n
                self.filled = {}
                self.filled["a"] = Dense(3)
                self.spread = [*n]
                self.spread.append(Dense(3))
                self.late = []
                self.empty = []
            def build(self, shape):
                self.late = [Dense(3) for _ in shape]
            def call(self, x):
                for layer in self.all:
                    see(layer)
                see(self.all[0])
                see(self.grown[0])
                see(self.mixed[0])
                see(self.extended[0])
                see(self.named["a"])
                for layer in self.named.values():
                    see(layer)
                for key, layer in self.named.items():
                    see(key)
                    see(layer)
                see(self.changed["a"])
                see(self.filled["a"])
                see(self.late[0])
                see(self.spread[0])
                see(self.empty[0])
        """,
        [
            "object keras.layers.Dense",
            "object keras.layers.Dense",
            "object keras.layers.Dense",
            "",
            "",
            "object keras.layers.Dense",
            "object keras.layers.Dense",
            "",
            "object keras.layers.Dense",
            "",
            "object keras.layers.Dense",
            "object keras.layers.Dense",
            "",
            "",
        ],
    ),
    "annotations": (
        """
        from dataclasses import dataclass
        from typing import Dict, List, Optional, Tuple, Union
        import typing as t
        def f(a: Optional[Dense], b: "Dense", c: t.Union[Dense, None], d: Dense | None,
              e: List[Dense], f: "list[layers.Dense]", g: Dict[str, Dense], h: Union[str, Dense],
              i: Tuple[Dense, ...], j: "not a name", k: Tuple[int, Dense]):
            see(a)
            see(b)
            see(c)
            see(d)
            see(e[0])
            see(f[0])
            see(g["x"])
            see(h)
            see(i[0])
            see(j)
            first, second = k
            see(second)
        @dataclass
        class A:
            layer: Dense
            other: "keras.Model" = None
            def m(self):
                see(self.layer)
                see(self.other)
        model: keras.Model = make()
        see(model)
        def made() -> keras.Model:
            return make()
        see(made())
        """,
        ["object keras.layers.Dense"] * 7
        + ["", "object keras.layers.Dense", "", "object keras.layers.Dense"]
        + ["object keras.layers.Dense", "object keras.Model"]
        + ["object keras.Model", "object keras.Model"],
    ),
    "defaults": (
        "def f(a=keras.optimizers.Adam(), b=Dense(3), c=3, d=None):\n"
        "    see(a)\n    see(b)\n    see(c)\n    see(d)",
        ["object keras.optimizers.Optimizer", "object keras.layers.Layer", "", ""],
    ),
    "returned by functions": (
        """
        def build(x):
            if x is None:
                return None
            with strategy.scope():
                model = keras.Sequential([])
            return model
        see(build(3))
        class Builder:
            model = None
            def __init__(self):
                self.model = self.build()
            def build(self):
                return keras.Sequential()
            @property
            def optimizer(self):
                return keras.optimizers.Adam()
            @optimizer.setter
            def optimizer(self, value):
                pass
            @classmethod
            def make(cls):
                return cls()
        see(Builder().model)
        see(Builder().optimizer)
        see(Builder.make())
        def either(x):
            return Dense(3) if x else layers.Conv2D(3, 3)
        see(either(x))
        def unclear(x):
            return Dense(3) if x else 3
        see(unclear(x))
        """,
        [
            "object keras.Sequential",
            "object keras.Sequential",
            "object keras.optimizers.Adam",
            "object Builder",
            "object",
            "",
        ],
    ),
    "isinstance": (
        """
        for layer in y:
            if isinstance(layer, Dense):
                see(layer)
            elif isinstance(layer, (layers.LSTM, layers.GRU)):
                see(layer)
            else:
                see(layer)
            see(layer)
            if isinstance(layer, Dense) and see(layer):
                layer = 3
                see(layer)
            if not isinstance(layer, keras.Model):
                see(layer)
                continue
            see(layer)
        def f(self, x):
            assert isinstance(self.inner, Dense)
            see(self.inner)
            if not isinstance(x, Dense) or see(x):
                raise ValueError
            see(x)
            see(x if isinstance(x, layers.LSTM) else x)
            if isinstance(x, Unknown):
                see(x)
        see([a for a in y if isinstance(a, Dense)][0])
        """,
        [
            "object keras.layers.Dense",
            "object",
            "",
            "",
            "object keras.layers.Dense",
            "literal int",
            "",
            "object keras.Model",
            "object keras.layers.Dense",
            "object keras.layers.Dense",
            "object keras.layers.Dense",
            "object keras.layers.Dense",
            "object keras.layers.Dense",
            "object keras.layers.Dense",
        ],
    ),
    "super": (
        """
        class A(keras.metrics.Mean):
            def helper(self): return Dense(3)
        class B(A):
            def helper(self): return 3
            def m(self):
                see(super())
                see(super().helper())
                see(super(B, self).helper())
        class C(layers.Dense):
            def m(self):
                see(super())
        see(super())
        """,
        ["object A", "object keras.layers.Dense", "object keras.layers.Dense", "object", ""],
    ),
    "walrus and conditions": (
        "see((a := Dense(3)))\nsee(Dense(3) if x else None)\nb = None\nif x:\n    b = Dense(3)\n"
        "see(b)\nc = None\nif x:\n    c = inputs\nsee(c)",
        ["object keras.layers.Dense", "object keras.layers.Dense", "object keras.layers.Dense", ""],
    ),
    "shadowed builtins": (
        "def super(): return 1\nsee(super())\ndef enumerate(x): return x\n"
        "for a, b in enumerate(keras.Sequential().layers):\n    see(b)",
        ["literal int", ""],
    ),
    "private modules": (
        "from keras.engine.training import Model\nfrom tensorflow.python.keras.layers.core import "
        "Dropout\nfrom tensorflow.python.keras.optimizer_v2.optimizer_v2 import OptimizerV2\n"
        "from keras.src.layers.core.dense import Dense\n"
        "see(Model())\nsee(Dropout(1))\nsee(OptimizerV2())\nsee(Dense())",
        [
            "object keras.Model",
            "object keras.layers.Dropout",
            "object keras.optimizers.Optimizer",
            "",
        ],
    ),
}


@pytest.mark.parametrize(("source", "expected"), OBJECTS.values(), ids=OBJECTS)
def test_objects(source: str, expected: list[str]) -> None:
    check(source, expected)


def test_one_of_several_classes() -> None:
    source = "x = Dense(3) if y else keras.Sequential()\nsee(x)"
    (kind,) = kinds(module_of(KERAS + source))
    assert kind is not None
    assert kind.is_a("keras.layers.Layer")
    assert not kind.is_a("keras.Model", "keras.layers.Dense")
    assert kind.may_be("keras.Model")
    assert not kind.may_be("keras.layers.LSTM")


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


PROGRAM = """
import inspect
import tf_keras as keras
from k3ls.semantics.kinds import _FUNCTIONS, _MEMBERS

x = keras.Input((2, 3))
y = keras.layers.Bidirectional(keras.layers.LSTM(2))(x)
y = keras.layers.RepeatVector(2)(y)
model = keras.Model(x, keras.layers.TimeDistributed(keras.layers.Dense(1))(y))
config = {"class_name": "Functional", "config": model.get_config()}
model.compile("sgd", "mse", metrics=["mae"])
callback = keras.callbacks.Callback()
callback.set_model(model)
model.fit([[[1.0] * 3] * 2], [[[1.0]] * 2], verbose=0, callbacks=[callback])
model.save("saved.keras")
objects = {
    "keras.Model": model,
    "keras.layers.Wrapper": model.layers[-1],
    "keras.layers.Bidirectional": model.layers[1],
    "keras.layers.RNN": keras.layers.RNN(keras.layers.LSTMCell(2)),
    "keras.callbacks.Callback": callback,
}
results = {
    "keras.models.load_model": lambda f: f("saved.keras"),
    "keras.models.clone_model": lambda f: f(model),
    "keras.models.model_from_config": lambda f: f(config),
    "keras.models.model_from_json": lambda f: f(model.to_json()),
    "keras.optimizers.get": lambda f: f("adam"),
    "keras.optimizers.deserialize": lambda f: f(keras.optimizers.serialize(model.optimizer)),
    "keras.layers.deserialize": lambda f: f(keras.layers.serialize(keras.layers.Dense(2))),
}

def find(path):
    found = keras
    for part in path.split(".")[1:]:
        found = getattr(found, part)
    return found

for owner, members in _MEMBERS.items():
    assert isinstance(objects[owner], find(owner)), owner
    for name, path in members.items():
        value = getattr(objects[owner], name.removesuffix("()"))
        if name.endswith("()"):
            value = value(index=0)
        for part in value if path.endswith("[]") else [value]:
            assert isinstance(part, find(path.removesuffix("[]"))), (owner, name)
for path, use in results.items():
    assert isinstance(use(find(path)), find(_FUNCTIONS[path])), path
gone = {"keras.models.model_from_yaml", "keras.utils.multi_gpu_model"}
assert _FUNCTIONS.keys() - results.keys() == gone
for name, build in vars(keras.applications).items():
    if inspect.isfunction(build):
        assert name[0].isupper(), name
"""


@pytest.mark.keras
def test_what_keras_objects_hold(tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(root), "TF_CPP_MIN_LOG_LEVEL": "3"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
