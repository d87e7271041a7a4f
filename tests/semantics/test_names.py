"""Which qualified names a reference can stand for, by Python's rules of scope and order.

Each case is a source and the qualified names that its `see(…)` have, empty for unknown.
"""

from __future__ import annotations

from textwrap import dedent, indent

import pytest
from _pytest.mark import ParameterSet

from k3ls.semantics import Module
from tests.semantics.seen import module_of, names_seen

TF = "import tensorflow as tf\n"

IMPORTS: dict[str, tuple[str, list[str]]] = {
    "alias": ("import tensorflow as tf\nsee(tf.nn.relu)", ["tensorflow.nn.relu"]),
    "no alias": ("import tensorflow\nsee(tensorflow.nn)", ["tensorflow.nn"]),
    "dotted binds the first name": (
        "import tensorflow.keras.layers\nsee(tensorflow.nn)\nsee(tensorflow.keras.layers.Dense)",
        ["tensorflow.nn", "tensorflow.keras.layers.Dense"],
    ),
    "dotted alias": (
        "import tensorflow.keras.layers as L\nsee(L.Dense)\nsee(tensorflow)",
        ["tensorflow.keras.layers.Dense", ""],
    ),
    "spaces around the dots": ("import tensorflow . keras as k\nsee(k)", ["tensorflow.keras"]),
    "several modules": (
        "import os, tensorflow as tf, keras.ops\nsee(tf.nn)\nsee(keras.layers)\nsee(os)",
        ["tensorflow.nn", "keras.layers", "os"],
    ),
    "from": ("from tensorflow import keras\nsee(keras.layers)", ["tensorflow.keras.layers"]),
    "from with alias": (
        "from tensorflow.keras import layers as L, models\nsee(L.Dense)\nsee(models)\nsee(layers)",
        ["tensorflow.keras.layers.Dense", "tensorflow.keras.models", ""],
    ),
    "in parentheses": (
        "from keras.layers import (  # one\n  Dense,\n  # two\n  Conv2D as Conv,\n)\n"
        "see(Dense)\nsee(Conv)\nsee(Conv2D)",
        ["keras.layers.Dense", "keras.layers.Conv2D", ""],
    ),
    "continued line": (
        "from tensorflow.keras \\\n  import layers, \\\n  models\nsee(layers)\nsee(models)",
        ["tensorflow.keras.layers", "tensorflow.keras.models"],
    ),
    "on one line": ("import tensorflow as tf; see(tf.nn)", ["tensorflow.nn"]),
    "relative": (
        "from . import one\nfrom .two import three\nfrom ...four.five import six as seven\n"
        "see(one.x)\nsee(three)\nsee(seven)",
        [".one.x", ".two.three", "...four.five.six"],
    ),
    "from the future": (
        "from __future__ import division, generators as g\nsee(division)\nsee(g)\nsee(generators)",
        ["__future__.division", "__future__.generators", ""],
    ),
    "star": (
        "from tensorflow.keras.layers import *\nsee(Dense)\nsee(NoSuchLayer)\nsee(print)",
        ["tensorflow.keras.layers.Dense", "", ""],
    ),
    "star of keras modules": (
        "from tensorflow.keras import *\nsee(layers.Dense)",
        ["tensorflow.keras.layers.Dense"],
    ),
    "the later star": (
        "from tensorflow.keras.layers import *\nfrom keras.layers import *\nsee(Dense)",
        ["keras.layers.Dense"],
    ),
    "star of another library": ("from numpy import *\nsee(Dense)\nsee(array)", ["", ""]),
    "star seen from a function": (
        "from keras.layers import *\ndef f():\n    see(Dense)\n    Conv2D = 1\n    see(Conv2D)",
        ["keras.layers.Dense", ""],
    ),
    "an own name before a star's": (
        "from keras.layers import *\nclass Dense: pass\nsee(Dense)",
        [""],
    ),
    "in a function": (
        "def f():\n    import tensorflow as tf\n    see(tf.nn)\nsee(tf.nn)",
        ["tensorflow.nn", ""],
    ),
    "in a class": (
        """
        class A:
            import tensorflow as tf
            see(tf.nn)
            def m(self):
                see(tf.nn)
        """,
        ["tensorflow.nn", ""],
    ),
    "into the module, by a function": (
        """
        def load():
            global tf
            import tensorflow as tf
        def use():
            see(tf.nn)
        see(tf.nn)
        """,
        ["tensorflow.nn", "tensorflow.nn"],
    ),
    "keras or else tensorflow": (
        """
        try:
            import keras
        except ImportError:
            from tensorflow import keras
        see(keras.layers)
        def f():
            see(keras.layers)
        """,
        ["keras.layers tensorflow.keras.layers"] * 2,
    ),
    "tensorflow or else keras": (
        """
        try:
            from tensorflow.keras import layers
        except ImportError:
            from keras import layers
        else:
            see(layers)
        see(layers.Dense)
        """,
        ["tensorflow.keras.layers", "tensorflow.keras.layers.Dense keras.layers.Dense"],
    ),
    "or else nothing": (
        """
        try:
            import tensorflow as tf
        except ImportError:
            tf = None
        see(tf.nn)
        def f():
            see(tf.nn)
        """,
        ["tensorflow.nn"] * 2,
    ),
    "nothing at first": (
        """
        tf = None
        try:
            import tensorflow as tf
        except ImportError:
            pass
        see(tf.nn)
        """,
        ["tensorflow.nn"],
    ),
    "or else a stand-in": (
        """
        try:
            import tensorflow as tf
        except ImportError:
            tf = stand_in()
        see(tf.nn)
        """,
        [""],
    ),
    "for the type checker": (
        """
        from typing import TYPE_CHECKING
        if TYPE_CHECKING:
            import tensorflow as tf
        def f(x: see(tf.Tensor)): pass
        """,
        ["tensorflow.Tensor"],
    ),
    "for the type checker, else nothing": (
        """
        if TYPE_CHECKING:
            import tensorflow as tf
        else:
            tf = None
        see(tf.Tensor)
        """,
        ["tensorflow.Tensor"],
    ),
    "twice": ("import keras\nfrom tensorflow import keras\nsee(keras)", ["tensorflow.keras"]),
    "nowhere": ("see(tf.nn)", [""]),
}

ALIASES: dict[str, tuple[str, list[str]]] = {
    "of a module": (
        "layers = tf.keras.layers\nsee(layers.Dense)",
        ["tensorflow.keras.layers.Dense"],
    ),
    "of an alias": (
        "k = tf.keras\nL = k.layers\nD = L.Dense\nsee(D.from_config)",
        ["tensorflow.keras.layers.Dense.from_config"],
    ),
    "backend": ("from keras import backend\nK = backend\nsee(K.mean)", ["keras.backend.mean"]),
    "chain": ("a = b = tf.nn\nsee(a)\nsee(b.relu)", ["tensorflow.nn", "tensorflow.nn.relu"]),
    "tuple": (
        "a, b = tf.nn, tf.math\nsee(a)\nsee(b.abs)",
        ["tensorflow.nn", "tensorflow.math.abs"],
    ),
    "tuples in parentheses": (
        "(a, b) = (tf.nn, tf.math)\n[c, d] = [a, b]\nsee(b)\nsee(c)",
        ["tensorflow.math", "tensorflow.nn"],
    ),
    "tuple of one": ("a, = tf.nn,\nsee(a)", ["tensorflow.nn"]),
    "name in parentheses": (
        "(a) = (tf.nn)\nsee(a)\nsee((a).relu)",
        ["tensorflow.nn", "tensorflow.nn.relu"],
    ),
    "nested tuples": ("(a, b), c = (tf.nn, 1), tf.math\nsee(a)\nsee(c)", ["", "tensorflow.math"]),
    "starred target": ("a, *b = tf.nn, tf.math\nsee(a)\nsee(b)", ["", ""]),
    "starred value": ("a, b = *x, tf.nn\nsee(a)\nsee(b)", ["", ""]),
    "too few values": ("a, b = tf.nn,\nsee(b)", [""]),
    "annotated": ("a: Any = tf.nn\nsee(a)", ["tensorflow.nn"]),
    "a bare annotation gives no value": (
        "a = tf.nn\na: Any\nsee(a)\ndef f():\n    see(a)",
        ["tensorflow.nn"] * 2,
    ),
    "walrus": (
        "if (a := tf.nn):\n    see(a)\nsee(a.relu)",
        ["tensorflow.nn", "tensorflow.nn.relu"],
    ),
    "of a method": (
        "mean = tf.reduce_mean\ndef f(x):\n    return see(mean)",
        ["tensorflow.reduce_mean"],
    ),
    "in a class, for its body": (
        "class A:\n    a = tf.nn\n    see(a)\nsee(a)",
        ["tensorflow.nn", ""],
    ),
    "a call's value": ("a = tf.nn()\nsee(a)\nb = f(tf.nn)\nsee(b.x)", ["", ""]),
    "an item": ("a = tf.x[0]\nsee(a)", [""]),
    "a choice": ("a = tf.nn if x else tf.math\nsee(a)\nb = a or tf.nn\nsee(b)", ["", ""]),
    "augmented": ("a = tf.nn\na += 1\nsee(a)", [""]),
    "of itself": ("a = tf.nn\na = a\nsee(a)", ["tensorflow.nn"]),
    "of its own attribute": (
        "a = tf.nn\na = a.b\nsee(a.c)\na = a.d\nsee(a)",
        ["tensorflow.nn.b.c", "tensorflow.nn.b.d"],
    ),
    "in a circle": ("a = b\nb = a\ndef f():\n    see(a)\n    see(b)", ["", ""]),
}

SHADOWS: dict[str, tuple[str, list[str]]] = {
    "parameter": ("def f(tf):\n    see(tf.nn)\nsee(tf.nn)", ["", "tensorflow.nn"]),
    "parameters of every kind": (
        "def f(a, /, b: int, c=1, d: int = 1, *e, f, **g):\n"
        + "".join(f"    see({name}.x)\n" for name in "abcdefg"),
        [""] * 7,
    ),
    "annotated star parameters": (
        "def f(*tf: int): see(tf.x)\ndef g(**tf: int): see(tf.x)",
        ["", ""],
    ),
    "parameter of a lambda": ("lambda tf, *a: see(tf.nn)\nsee(tf.nn)", ["", "tensorflow.nn"]),
    "parameter seen by an inner function": (
        "def f(tf):\n    def g():\n        see(tf.nn)",
        [""],
    ),
    "loop variable": (
        "for tf in xs:\n    see(tf.nn)\nelse:\n    see(tf.nn)\nsee(tf.nn)",
        ["", "", ""],
    ),
    "what a loop goes over is evaluated before it": (
        "for tf in see(tf.data):\n    pass",
        ["tensorflow.data"],
    ),
    "what an inner loop goes over is evaluated again": (
        "for x in xs:\n    for tf in see(tf.data):\n        pass",
        [""],
    ),
    "loop variables in a tuple": ("for a, (tf, *b) in xs:\n    see(tf.nn)", [""]),
    "comprehension variable": (
        "[see(tf.nn) for tf in xs]\n{see(tf.nn) for tf in xs}\n{1: see(tf.nn) for tf in xs}\n"
        "list(see(tf.nn) for tf in xs)\nsee(tf.nn)",
        ["", "", "", "", "tensorflow.nn"],
    ),
    "first iterable": (
        "[see(tf.nn) for tf in see(tf.data) for x in see(tf.x) if see(tf.y)]",
        ["", "tensorflow.data", "", ""],
    ),
    "first iterable of an inner comprehension": (
        "[[y for tf in see(tf.nn)] for x in see(tf.data)]\n[[y for y in see(tf.nn)] for tf in x]",
        ["tensorflow.nn", "tensorflow.data", ""],
    ),
    "comprehension in a class": (
        "class A:\n    a = tf.nn\n    x = [see(a.b) for y in see(a.c)]\n    z = lambda: see(a.d)",
        ["", "tensorflow.nn.c", ""],
    ),
    "walrus": ("while (tf := f()):\n    see(tf.nn)\nsee(tf.nn)", ["", ""]),
    "walrus in a comprehension binds around it": (
        "[a := tf.nn for x in y]\nsee(a)\ndef f():\n    [[b := x for x in y] for z in y]\n"
        "    see(b)\nsee(b)",
        ["tensorflow.nn", "", ""],
    ),
    "walrus in a comprehension runs again": ("[see(tf.nn) for x in y if (tf := x)]", [""]),
    "walrus in a comprehension in a block": (
        "a = tf.math\nif x:\n    [a := tf.nn for x in y]\nsee(a)",
        ["tensorflow.math tensorflow.nn"],
    ),
    "except": (
        "try: pass\nexcept A as tf:\n    see(tf.a)\nexcept* (B,) as tf:\n    see(tf.a)\nsee(tf.a)",
        ["", "", ""],
    ),
    "with": ("with f() as tf:\n    see(tf.nn)\nsee(tf.nn)", ["", ""]),
    "with in parentheses": (
        "with (f() as a, see(tf.a) as tf):\n    see(tf.nn)",
        ["tensorflow.a", ""],
    ),
    "with a tuple": ("with f() as (a, [tf, b]):\n    see(tf.nn)", [""]),
    "with an attribute": ("with f() as x.tf:\n    see(tf.nn)", ["tensorflow.nn"]),
    "function": ("def tf(): see(tf.nn)\nsee(tf.nn)", ["", ""]),
    "class": ("class tf: see(tf.nn)\nsee(tf.nn)", ["tensorflow.nn", ""]),
    "del": ("see(tf.a)\ndel tf\nsee(tf.a)", ["tensorflow.a", ""]),
    "del of several": ("del (x, tf), y\nsee(tf.a)", [""]),
    "del of an attribute": ("del x.tf, tf.y[0]\nsee(tf.a)", ["tensorflow.a"]),
    "class scope in a method": (
        """
        class A:
            tf = 1
            see(tf.nn)
            def m(self):
                see(tf.nn)
            class B:
                see(tf.nn)
        """,
        ["", "tensorflow.nn", "tensorflow.nn"],
    ),
    "a class's body looks outside until it binds": (
        """
        class A:
            see(tf.nn)
            if x:
                tf = tf.math
            see(tf.a)
        def f(tf):
            class B:
                tf = see(tf.nn)
        """,
        ["tensorflow.nn", "tensorflow.a tensorflow.math.a", ""],
    ),
    "a local that is bound later": (
        "def f():\n    see(tf.nn)\n    tf = 1\ndef g():\n    see(tf.nn)\n    for tf in x: pass",
        ["", ""],
    ),
    "a local that is only annotated": ("def f():\n    tf: int\n    see(tf.nn)", [""]),
    "an annotation in parentheses makes no local": (
        "def f():\n    (tf): int\n    see(tf.nn)",
        ["tensorflow.nn"],
    ),
    "a local import": (
        "def f():\n    import keras as tf\n    see(tf.nn)\nsee(tf.nn)",
        ["keras.nn", "tensorflow.nn"],
    ),
    "global": (
        """
        nn = tf.nn
        def f():
            global nn
            see(nn)
            nn = tf.math
        def g(nn):
            def h():
                global nn
                see(nn)
        see(nn)
        """,
        ["tensorflow.nn tensorflow.math"] * 3,
    ),
    "global only in its function": (
        "def f():\n    global nn\n    def g():\n        nn = tf.nn\n        see(nn)\nsee(nn)",
        ["tensorflow.nn", ""],
    ),
    "nonlocal": (
        """
        nn = 1
        def f():
            nn = tf.nn
            def g():
                nonlocal nn
                see(nn)
                nn = tf.math
                def h():
                    nonlocal nn
                    nn = tf.linalg
            see(nn)
        """,
        ["tensorflow.nn tensorflow.math tensorflow.linalg"] * 2,
    ),
}

# `case` on its own lines: the pattern, and what `tf.nn` is in the block.
PATTERNS = {
    "tf": "",
    "[tf, *_]": "",
    "[1, *tf]": "",
    "a, tf": "",
    "{'a': tf}": "",
    "{'a': 1, **tf}": "",
    "A(1, x=tf)": "",
    "A(tf)": "",
    "(1 | 2) as tf": "",
    "A([{'b': (tf)}])": "",
    "[1, tf] | [tf, 1]": "",
    "_": "tensorflow.nn",
    "tf.A": "tensorflow.nn",
    "tf.A(tf=1)": "tensorflow.nn",
    "A(tf=tf.B)": "tensorflow.nn",
    "{tf.A: x}": "tensorflow.nn",
    "-1 | 'tf' | None": "tensorflow.nn",
}

ORDER: dict[str, tuple[str, list[str]]] = {
    "a class's body runs where it stands": (
        "x = tf.a\nclass A:\n    see(x)\n    y = [see(x) for z in y]\nx = tf.b",
        ["tensorflow.a"] * 2,
    ),
    "one after the other": ("x = tf.a\nsee(x)\nx = tf.b\nsee(x)", ["tensorflow.a", "tensorflow.b"]),
    "too early": ("see(x)\nx = tf.a", [""]),
    "a function runs at any time": (
        "x = tf.a\ndef f():\n    see(x)\nx = tf.b",
        ["tensorflow.a tensorflow.b"],
    ),
    "if": (
        "x = tf.a\nif c:\n    see(x)\n    x = tf.b\n    see(x)\nsee(x)",
        [
            "tensorflow.a",
            "tensorflow.b",
            "tensorflow.a tensorflow.b",
        ],
    ),
    "if, elif, else": (
        """
        if c:
            x = tf.a
        elif see(x):
            see(x)
            x = tf.b
        else:
            see(x)
            x = tf.c
        see(x)
        """,
        ["", "", "", "tensorflow.a tensorflow.b tensorflow.c"],
    ),
    "if in if": (
        """
        x = tf.a
        if c:
            if d:
                x = tf.b
            else:
                x = tf.c
                see(x)
            see(x)
        else:
            see(x)
        """,
        ["tensorflow.c", "tensorflow.a tensorflow.b tensorflow.c", "tensorflow.a"],
    ),
    "something unknown in a branch": ("x = tf.a\nif c:\n    x = f()\nsee(x)", [""]),
    "nothing in a branch": ("x = tf.a\nif c:\n    x = None\nsee(x)", ["tensorflow.a"]),
    "for": (
        "x = tf.a\nfor i in y:\n    see(x)\n    x = tf.b\n    see(x)\nelse:\n    see(x)\nsee(x)",
        ["tensorflow.a tensorflow.b", "tensorflow.b", *["tensorflow.a tensorflow.b"] * 2],
    ),
    "while": (
        "x = tf.a\nwhile see(x):\n    if c:\n        x = tf.b\n    see(x)\nsee(x)",
        ["tensorflow.a tensorflow.b"] * 3,
    ),
    "a loop that goes on from itself": ("x = tf.a\nwhile x:\n    x = x.b\nsee(x)", [""]),
    "the other branch, the time before": (
        """
        x = tf.a
        for i in y:
            if c:
                x = tf.b
            else:
                see(x)
        while y:
            try: pass
            except A:
                x = tf.c
            except B:
                see(x)
        """,
        ["tensorflow.a tensorflow.b", "tensorflow.a tensorflow.b tensorflow.c"],
    ),
    "loop in a branch": (
        "x = tf.a\nif c:\n    x = tf.b\nelse:\n    for i in y:\n        see(x)",
        ["tensorflow.a"],
    ),
    "bound anew in each pass": (
        """
        for i in y:
            x = tf.a
            see(x)
            for j in i:
                see(x)
                x = tf.b
            x = 1
        """,
        ["tensorflow.a", "tensorflow.a tensorflow.b"],
    ),
    "loop in loop": (
        "x = tf.a\nfor i in y:\n    for j in see(x):\n        x = tf.b\n    see(x)",
        ["tensorflow.a tensorflow.b"] * 2,
    ),
    "try": (
        """
        x = tf.a
        try:
            see(x)
            x = tf.b
            see(x)
        except A:
            see(x)
            x = tf.c
        except B:
            see(x)
        finally:
            see(x)
        """,
        [
            "tensorflow.a",
            "tensorflow.b",
            "tensorflow.a tensorflow.b",
            "tensorflow.a tensorflow.b",
            "tensorflow.a tensorflow.b tensorflow.c",
        ],
    ),
    "finally always runs": (
        "x = tf.a\ntry: pass\nfinally:\n    x = tf.b\nsee(x)",
        ["tensorflow.b"],
    ),
    "with always runs": ("x = tf.a\nwith y:\n    x = tf.b\nsee(x)", ["tensorflow.b"]),
    "match": (
        """
        x = tf.a
        match y:
            case 1:
                x = tf.b
            case 2 if see(x):
                see(x)
                x = tf.c
        see(x)
        """,
        ["tensorflow.a", "tensorflow.a", "tensorflow.a tensorflow.b tensorflow.c"],
    ),
}

PLACES: dict[str, tuple[str, list[str]]] = {
    "f-string": (
        "f'{see(tf.a)!r:>{see(tf.b)}} {see(tf.c)=}' f'''{\nsee(tf.d)}'''",
        ["tensorflow.a", "tensorflow.b", "tensorflow.c", "tensorflow.d"],
    ),
    "decorator": (
        "@see(tf.a)\n@x.y(see(tf.b))\ndef tf(): pass\n@see(tf.c)\nclass A: pass",
        ["tensorflow.a", "tensorflow.b", ""],
    ),
    "decorator of a method": (
        "class A:\n    nn = tf.nn\n    @see(nn.x)\n    def nn(self): pass",
        ["tensorflow.nn.x"],
    ),
    "default": (
        "def f(tf=see(tf.a), *, b: int = see(tf.b)): pass\nlambda tf=see(tf.c): see(tf.d)",
        ["tensorflow.a", "tensorflow.b", "tensorflow.c", ""],
    ),
    "annotation": (
        "def f(tf: see(tf.a), *b: see(tf.b)) -> see(tf.c):\n    x: see(tf.d) = 1",
        ["tensorflow.a", "tensorflow.b", "tensorflow.c", ""],
    ),
    "annotation with parts": (
        "x: list[see(tf.a)] | A[see(tf.b)].C = 1\ndef f(x: dict[str, see(tf.c)]): pass",
        ["tensorflow.a", "tensorflow.b", "tensorflow.c"],
    ),
    "class": (
        "class tf(see(tf.a), *see(tf.b), metaclass=see(tf.c)): pass",
        ["tensorflow.a", "tensorflow.b", "tensorflow.c"],
    ),
    "lambda": ("lambda x: lambda y: see(tf.a)", ["tensorflow.a"]),
    "async": (
        """
        async def f(tf):
            async with see(tf.a) as x, y as z: pass
        async def g():
            async with see(tf.a) as tf:
                await see(tf.b)
        async def h():
            async for x in see(tf.a):
                [await see(tf.b) async for tf in see(tf.c)]
        async def i():
            async for tf in x:
                see(tf.a)
        """,
        ["", "", "", "tensorflow.a", "", "tensorflow.c", ""],
    ),
    "type alias": (
        "type A = see(tf.a)\ntype B[T: see(tf.b)] = A[see(tf.c)]\ntype tf = int\nsee(tf.d)\nsee(B)",
        ["tensorflow.a", "tensorflow.b", "tensorflow.c", "", ""],
    ),
    "type parameter": (
        "def f[T: see(tf.a), *Ts, **P](x: T): pass\nclass A[T: see(tf.b)](see(tf.c)): pass",
        ["tensorflow.a", "tensorflow.b", "tensorflow.c"],
    ),
    "no type alias": ("type(see(tf.a)).b = see(tf.c)", ["tensorflow.a", "tensorflow.c"]),
    "target": (
        "see(tf.a).x = 1\ny[see(tf.b)] = 1\ny[see(tf.c)] += 1\nfor see(tf.d).x in y: pass\n"
        "del y[see(tf.e)]",
        ["tensorflow.a", "tensorflow.b", "tensorflow.c", "tensorflow.d", "tensorflow.e"],
    ),
    "statement": (
        "def f():\n    assert see(tf.a), see(tf.b)\n    raise see(tf.c) from see(tf.d)\n"
        "    yield see(tf.e)\n    yield from see(tf.f)\n    return see(tf.g)",
        [f"tensorflow.{name}" for name in "abcdefg"],
    ),
    "expression": (
        "x[see(tf.a):see(tf.b), ...]; f(*see(tf.c), tf=see(tf.d), **see(tf.e)); "
        "{see(tf.f): see(tf.g), **see(tf.h)}; see(tf.i) if see(tf.j) else see(tf.k); "
        "not see(tf.l) < see(tf.m) and -see(tf.n)",
        [f"tensorflow.{name}" for name in "abcdefghijklmn"],
    ),
    "match": (
        "match see(tf.a), see(tf.b):\n    case x if see(tf.c): pass",
        ["tensorflow.a", "tensorflow.b", "tensorflow.c"],
    ),
    "an attribute of anything": ("see(f().tf)\nsee(x[0].y)\nsee('a'.join)", ["", "", ""]),
}


def cases(table: dict[str, tuple[str, list[str]]], before: str = "") -> list[ParameterSet]:
    return [
        pytest.param(before + dedent(source), expected, id=name)
        for name, (source, expected) in table.items()
    ]


@pytest.mark.parametrize(("source", "expected"), cases(IMPORTS))
def test_imports(source: str, expected: list[str]) -> None:
    assert names_seen(source) == expected


@pytest.mark.parametrize(("source", "expected"), cases(ALIASES, TF))
def test_aliases(source: str, expected: list[str]) -> None:
    assert names_seen(source) == expected


@pytest.mark.parametrize(("source", "expected"), cases(SHADOWS, TF))
def test_shadows(source: str, expected: list[str]) -> None:
    assert names_seen(source) == expected


@pytest.mark.parametrize(("pattern", "name"), PATTERNS.items(), ids=PATTERNS)
def test_patterns(pattern: str, name: str) -> None:
    assert names_seen(f"{TF}match y:\n  case {pattern}:\n    see(tf.nn)\nsee(tf)") == [
        name,
        "tensorflow" if name else "",
    ]


@pytest.mark.parametrize(("source", "expected"), cases(ORDER, TF))
def test_order(source: str, expected: list[str]) -> None:
    assert names_seen(source) == expected


@pytest.mark.parametrize(("source", "expected"), cases(ORDER, TF))
def test_order_in_a_function(source: str, expected: list[str]) -> None:
    assert names_seen("def around():\n" + indent(source, "    ")) == expected


@pytest.mark.parametrize(("source", "expected"), cases(PLACES, TF))
def test_places(source: str, expected: list[str]) -> None:
    assert names_seen(source) == expected


def test_line_ends_make_no_difference() -> None:
    for table in (IMPORTS, ALIASES, SHADOWS, ORDER, PLACES):
        for source, _ in table.values():
            lines = TF + dedent(source)
            expected = names_seen(lines)
            assert names_seen(lines.replace("\n", "\r\n")) == expected
            assert names_seen(lines.replace("\n", "\r")) == expected


def test_an_alias_of_many_aliases_is_given_up() -> None:
    """The same wherever one begins to ask: nothing that was asked before changes an answer."""
    links = "".join(f"    global a{index}\n    a{index + 1} = a{index}\n" for index in range(30))
    for asked in ([15, 5, 1], [1, 5, 15]):
        sees = "".join(f"    see(a{index})\n" for index in asked)
        names = names_seen(f"{TF}a0 = tf.nn\ndef f():\n{links}def g():\n{sees}")
        assert names == ["tensorflow.nn" if index < 10 else "" for index in asked]


def test_the_first_name_of_a_reference() -> None:
    module = module_of(TF + "layers = tf.keras.layers\nlayers.Dense(3)\nf().x")
    roots = {".".join(one.names): module.root_names(one) for one in module.references}
    assert roots == {
        "tf.keras.layers": ("tensorflow",),
        "layers.Dense": ("tensorflow.keras.layers",),
        "f": (),
        ".x": (),
    }


def test_uses_of_imports() -> None:
    module = module_of(
        """
        import tensorflow as tf
        try:
            import keras
        except ImportError:
            keras = tf.keras
        def f(tf):
            return tf.nn
        def g():
            return tf.nn, keras.layers
        print(keras)
        """
    )
    uses = {
        binding.name: [".".join(reference.names) for reference in references]
        for binding, references in module.uses.items()
    }
    assert uses == {"tf": ["tf.keras", "tf.nn"], "keras": ["keras.layers", "keras"]}


def test_star_modules() -> None:
    source = "from keras.layers import *\nfrom . import *\nfrom os import path\n"
    assert module_of(source).star_modules == ["keras.layers", "."]


def test_facts_are_derived_once() -> None:
    asked: list[Module] = []

    def length(module: Module) -> int:
        asked.append(module)
        return len(module.items)

    module = module_of("x = 1")
    assert [module.fact("length", length), module.fact("length", length)] == [1, 1]
    assert asked == [module]


@pytest.mark.parametrize(
    ("annotation", "names"),
    [
        ('"tf.Tensor"', {"tensorflow.Tensor"}),
        ('List["tf.Tensor"]', {"tensorflow.Tensor"}),
        ("\"Optional['tf.Tensor']\"", {"tensorflow.Tensor"}),
        ('typing.Union["tf.Tensor", None]', {"tensorflow.Tensor"}),
        ('Annotated["tf.Tensor", "tf.Variable"]', {"tensorflow.Tensor"}),
        ('typing.Annotated["tf.Tensor", "tf.Variable"]', {"tensorflow.Tensor"}),
        ('Literal["tf.Tensor"]', set()),
        ('t.Literal["tf.Tensor"]', set()),
        ('f"tf.Tensor"', set()),
        ('"tf.Tensor of words"', set()),
        ('""', set()),
        ('"\\x74f.Tensor"', set()),
        ('"tf" ".Tensor"', set()),
    ],
)
def test_quoted_annotations(annotation: str, names: set[str]) -> None:
    for code in (f"def f(é, x: {annotation}): pass", f"def f() -> {annotation}: pass"):
        module = module_of(f"import tensorflow as tf\n{code}")
        found = {
            (one, module.tree.data[reference.offset : reference.node.end_byte])
            for reference in module.references
            for one in module.qualified(reference)
        }
        assert found == {(name, b"tf.Tensor") for name in names}


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ('importlib.import_module("tensorflow.keras")', "tensorflow.keras.nn"),
        ('import_module("tensorflow")', "tensorflow.nn"),
        ('importlib.import_module("tensorflow").keras', "tensorflow.keras.nn"),
        ('getattr(tf, "keras")', "tensorflow.keras.nn"),
        ('getattr(getattr(tf, "keras"), "layers")', "tensorflow.keras.layers.nn"),
        ('__import__("tensorflow.keras")', "tensorflow.nn"),
        ('LazyLoader("tf", globals(), "tensorflow")', "tensorflow.nn"),
        ('lazy_loader.LazyLoader("tf", globals(), "tensorflow")', "tensorflow.nn"),
        ('getattr(tf, "keras", None)', ""),
        ('getattr(unknown, "keras")', ""),
        ("getattr(tf, name)", ""),
        ('importlib.import_module(".tensorflow", "here")', ""),
        ('importlib.import_module(".tensorflow")', ""),
        ('importlib.reload("tensorflow")', ""),
        ('other.import_module("tensorflow")', ""),
        ("importlib.import_module(*tf)", ""),
        ("getattr()", ""),
    ],
)
def test_names_in_strings(value: str, names: str) -> None:
    assert names_seen(f"""
        import importlib, tensorflow as tf
        from importlib import import_module
        x = {value}
        see(x.nn)
    """) == [names]
