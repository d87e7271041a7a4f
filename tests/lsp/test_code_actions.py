"""Code actions: what is offered where, and what taking it does to the text."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from lsprotocol import types

from tests.lsp.client import Editor
from tests.lsp.conftest import Start

pytestmark = pytest.mark.asyncio

EDITORS = ["visual-studio-code", "neovim", "emacs"]

TEXT = """\
import tensorflow as tf

first = tf.keras.layers.Dense(3)
second = tf.keras.layers.ReLU()
third = tf.keras.layers.Flatten()  # flat
"""
FIXED = """\
import keras

first = keras.layers.Dense(3)
second = keras.layers.ReLU()
third = keras.layers.Flatten()  # flat
"""
REPLACE = "Replace with `keras.layers.ReLU`"
FIX_RULE = "Fix all K102 (tensorflow-keras-reference) in this file"
FIX_ALL = "Fix all that k3ls can fix safely"
IGNORE = "Ignore K102 on this line"


def titles(actions: Iterable[types.CodeAction]) -> list[str]:
    return [action.title for action in actions]


async def test_what_is_offered(editor: Editor) -> None:
    buffer = editor.open(TEXT)
    actions = await buffer.actions("tf.keras.layers.ReLU")
    assert titles(actions) == [REPLACE, FIX_RULE, IGNORE, FIX_ALL]
    assert [one.kind for one in actions] == [*["quickfix"] * 3, "source.fixAll.k3ls"]
    assert titles(one for one in actions if one.is_preferred) == [REPLACE]
    published = await buffer.diagnostics()
    assert [one.diagnostics for one in actions] == [*[(published[1],)] * 3, None]


async def test_a_place_without_findings(editor: Editor) -> None:
    buffer = editor.open(TEXT)
    assert titles(await buffer.actions("second")) == [FIX_ALL]
    assert titles(await editor.open("x = 1\n", "file:///project/x.py").actions("x")) == []


async def test_two_ways_to_write_an_op(editor: Editor) -> None:
    text = """\
import keras
import tensorflow as tf

x = keras.ops.ones((2, 2))
y = tf.matmul(x, x)
"""
    buffer = editor.open(text)
    actions = await buffer.actions("tf.matmul")
    first = "Replace `tf.matmul` with `keras.ops.matmul`"
    second = "Replace `tf.matmul` with `a @ b`"
    assert titles(actions)[:2] == [first, second]
    assert titles(one for one in actions if one.is_preferred) == [first]
    await buffer.take(actions[1])
    assert buffer.text.endswith("y = x @ x\n")


MODEL = """\
import keras
import tensorflow as tf


class Own(keras.Model):
    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            loss = self.compute_loss(x, y, self(x, training=True))
        gradients = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply(gradients, self.trainable_variables)
        return {"loss": loss}


class Block(keras.layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.inner = keras.layers.Dense(units)
        self.outer = keras.layers.Dense(1)

    def build(self, input_shape):
        self.scale = self.add_weight(shape=())

    def call(self, inputs):
        return self.outer(self.inner(inputs)) * self.scale

    def compute_output_shape(self, input_shape):
        return (*input_shape[:-1], 1)


class Noisy(keras.layers.Layer):
    def __init__(self):
        super().__init__()
        self.seen = tf.Variable(0.0, trainable=False)

    def call(self, inputs):
        return inputs + keras.random.normal((2, 3))
"""


@pytest.mark.parametrize(
    ("places", "title"),
    [
        (["Own", "train_step"], "Write the steps for all backends"),
        (["Block", "build", "call"], "Build the layers inside"),
        (["Noisy"], "Make it a weight"),
        (["Noisy"], "Draw from a `SeedGenerator`"),
    ],
)
async def test_what_rewrites_a_class_is_offered_at_its_name_and_its_methods(
    editor: Editor, places: list[str], title: str
) -> None:
    buffer = editor.open(MODEL)
    for place in places:
        offered = titles(await buffer.actions(place))
        assert any(one.startswith(title) for one in offered), (place, offered)


async def test_actions_need_no_diagnostics_first(editor: Editor) -> None:
    buffer = editor.open("x = 1\n")
    buffer.replace("x = 1\n", TEXT)
    assert REPLACE in titles(await buffer.actions("tf.keras.layers.ReLU"))


@pytest.mark.parametrize("name", EDITORS)
async def test_quick_fix(start: Start, name: str) -> None:
    editor = await start(name)
    buffer = editor.open(TEXT)
    assert len(await buffer.diagnostics()) == 3
    await buffer.take(await buffer.action("tf.keras.layers.ReLU", REPLACE))
    assert buffer.text == TEXT.replace("tf.keras.layers.ReLU", "keras.layers.ReLU").replace(
        "import tensorflow", "import keras\nimport tensorflow"
    )
    assert [part for _, part in await buffer.found()] == [
        "tf.keras.layers.Dense",
        "tf.keras.layers.Flatten",
    ]


@pytest.mark.parametrize("name", EDITORS)
async def test_fix_all_of_a_rule(start: Start, name: str) -> None:
    editor = await start(name)
    buffer = editor.open(TEXT)
    await buffer.take(await buffer.action("tf.keras.layers.ReLU", FIX_RULE))
    assert buffer.text == FIXED.replace("import keras\n", "import keras\nimport tensorflow as tf\n")
    assert await buffer.found() == [("K104", "import tensorflow as tf")]


async def test_fix_all_of_a_rule_is_for_more_than_one_finding(editor: Editor) -> None:
    buffer = editor.open("import tensorflow as tf\ntf.keras.layers.ReLU()\n")
    assert titles(await buffer.actions("tf.keras.layers.ReLU")) == [REPLACE, IGNORE, FIX_ALL]


@pytest.mark.parametrize("name", EDITORS)
@pytest.mark.parametrize("only", ["source.fixAll.k3ls", "source.fixAll", "source", ""])
async def test_fix_all_on_save(start: Start, name: str, only: str) -> None:
    editor = await start(name)
    buffer = editor.open(TEXT)
    actions = await buffer.actions(TEXT, only=[only])
    assert only == "" or titles(actions) == [FIX_ALL]
    await buffer.take(actions[-1])
    assert buffer.text == FIXED
    assert await buffer.found() == []
    assert titles(await buffer.actions(FIXED, only=[only])) == []


@pytest.mark.parametrize(
    ("only", "kinds"),
    [
        (["quickfix"], {"quickfix"}),
        (["quickfix.other"], set()),
        (["source.fix"], set()),
        (["source.fixAll.other"], set()),
        (["source.organizeImports"], set()),
        (["refactor", "quickfix", "source"], {"quickfix", "source.fixAll.k3ls"}),
        ([], set()),
        (None, {"quickfix", "source.fixAll.k3ls"}),
    ],
)
async def test_only_the_kinds_that_are_asked_for(
    editor: Editor, only: list[str] | None, kinds: set[str]
) -> None:
    actions = await editor.open(TEXT).actions("tf.keras.layers.ReLU", only)
    assert {one.kind for one in actions} == kinds


async def test_edits_of_a_whole_file_leave_other_lines_alone(editor: Editor) -> None:
    buffer = editor.open("x = '🦜'\r\n\r\n" + TEXT.replace("\n", "\r\n") + "y = 1")
    action = await buffer.action("tf.keras.layers.ReLU", FIX_ALL)
    assert action.edit is None
    resolved = await editor.code_action_resolve_async(action)
    assert resolved.edit is not None
    assert resolved.edit.document_changes is not None
    (changed,) = resolved.edit.document_changes
    assert isinstance(changed, types.TextDocumentEdit)
    touched = [(edit.range.start.line, edit.range.end.line) for edit in changed.edits]
    assert touched == [(2, 3), (4, 7)]
    await buffer.take(action)
    assert buffer.text == "x = '🦜'\r\n\r\n" + FIXED.replace("\n", "\r\n") + "y = 1"


async def test_an_action_chosen_after_more_typing_is_for_the_new_text(editor: Editor) -> None:
    buffer = editor.open(TEXT)
    action = await buffer.action("tf.keras.layers.ReLU", FIX_ALL)
    buffer.edit(0, 0, "# A model.\n")
    await buffer.take(action)
    assert buffer.text == "# A model.\n" + FIXED


async def test_an_action_for_a_closed_document_does_nothing(editor: Editor) -> None:
    buffer = editor.open(TEXT)
    action = await buffer.action("tf.keras.layers.ReLU", FIX_ALL)
    buffer.close()
    assert (await editor.code_action_resolve_async(action)).edit is None


async def test_ignoring_on_a_line(editor: Editor) -> None:
    buffer = editor.open(TEXT)
    await buffer.take(await buffer.action("tf.keras.layers.ReLU", IGNORE))
    assert "second = tf.keras.layers.ReLU()  # k3ls: ignore[K102]\n" in buffer.text
    await buffer.take(await buffer.action("tf.keras.layers.Flatten", IGNORE))
    assert buffer.text.endswith("Flatten()  # flat  # k3ls: ignore[K102]\n")
    assert await buffer.found() == [("K102", "tf.keras.layers.Dense")]


async def test_ignoring_one_more_code_on_a_line(editor: Editor) -> None:
    buffer = editor.open("import tensorflow as tf  # k3ls: ignore[K101]\n")
    await buffer.take(await buffer.action("import", "Ignore K104 on this line"))
    assert buffer.text == "import tensorflow as tf  # k3ls: ignore[K101, K104]\n"
    assert await buffer.found() == []


async def test_ignoring_two_findings_of_a_line_is_offered_once(editor: Editor) -> None:
    buffer = editor.open("import tensorflow as tf\nx = tf.keras.Input, tf.keras.Model\n")
    actions = await buffer.actions("x = tf.keras.Input, tf.keras.Model")
    assert titles(actions).count(IGNORE) == 1


async def test_no_comment_into_a_string(editor: Editor) -> None:
    buffer = editor.open('import tensorflow as tf\nx = f"""{tf.keras.Input}\n"""\n')
    assert len(await buffer.diagnostics()) == 1
    assert IGNORE not in titles(await buffer.actions("tf.keras.Input"))
