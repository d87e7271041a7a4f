"""Diagnostics follow the text: after opening, while typing, after closing."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from lsprotocol import types

from tests.lsp.client import Editor
from tests.lsp.conftest import Start

pytestmark = pytest.mark.asyncio

TEXT = """\
import tensorflow as tf

layer = tf.keras.layers.Dense(3)
"""
DENSE = ("K102", "tf.keras.layers.Dense")

FAILING_RULE = '''"""A rule that fails."""

from k3ls.rules.finding import Severity
from k3ls.rules.rule import Rule

RULE = Rule("K999", "failing", Severity.ERROR)


@RULE.reference("tensorflow")
def check(reference, context):
    raise LookupError("nothing there")
    yield
'''


async def test_open_shows_what_keras_3_changes(editor: Editor) -> None:
    buffer = editor.open(TEXT)
    (one,) = await buffer.diagnostics()
    assert one.code == "K102"
    assert one.source == "k3ls"
    assert one.severity == types.DiagnosticSeverity.Warning
    assert "keras.layers.Dense" in one.message
    assert buffer.at(one.range) == "tf.keras.layers.Dense"


async def test_removed_name_is_an_error(editor: Editor) -> None:
    buffer = editor.open("import keras\n\nlayer = keras.layers.ThresholdedReLU()\n")
    (one,) = await buffer.diagnostics()
    assert (one.code, one.severity) == ("K103", types.DiagnosticSeverity.Error)


async def test_typing_inside_a_broken_line(editor: Editor) -> None:
    buffer = editor.open(TEXT)
    assert await buffer.found() == [DENSE]
    buffer.replace("layer = ", "layer = wrap(")
    assert await buffer.found() == [DENSE]
    assert (await buffer.diagnostics())[0].range.start == types.Position(2, 13)
    buffer.replace("wrap(", "wrap(\n    ")
    assert await buffer.found() == [DENSE]
    assert (await buffer.diagnostics())[0].range.start == types.Position(3, 4)
    buffer.replace("(3)", "(3)[")
    assert await buffer.found() == [DENSE]
    buffer.replace("(3)[", "(3))")
    assert await buffer.found() == [DENSE]


async def test_a_syntax_error_alone_is_left_to_other_servers(editor: Editor) -> None:
    assert await editor.open("import keras\n\ndef f(:\n").found() == []


async def test_unused_import_appears_with_the_last_use_gone(editor: Editor) -> None:
    buffer = editor.open(TEXT)
    assert await buffer.found() == [DENSE]
    buffer.replace("tf.keras.layers.Dense(3)", "None")
    assert await buffer.found() == [("K104", "import tensorflow as tf")]


async def test_whole_text_as_one_change(editor: Editor) -> None:
    buffer = editor.open("x = 1\n")
    assert await buffer.found() == []
    buffer.text = "\n" + TEXT
    buffer.send(types.TextDocumentContentChangeWholeDocument(buffer.text))
    assert await buffer.found() == [DENSE]


async def test_several_changes_in_one_message_build_on_each_other(editor: Editor) -> None:
    buffer = editor.open("")
    line = types.Range(types.Position(0, 0), types.Position(0, 0))
    below = types.Range(types.Position(1, 0), types.Position(1, 0))
    buffer.text = "import tensorflow as tf\ntf.keras.Model\n"
    buffer.send(
        types.TextDocumentContentChangePartial(line, "import tensorflow as tf\n"),
        types.TextDocumentContentChangePartial(below, "tf.keras.Model\n"),
    )
    assert await buffer.found() == [("K102", "tf.keras.Model")]


async def test_places_outside_the_text_mean_its_ends(editor: Editor) -> None:
    buffer = editor.open("import tensorflow as tf\ntf.keras.Model")
    far = types.Position(700, 700)
    buffer.send(types.TextDocumentContentChangePartial(types.Range(far, far), "\ntf.keras.Input"))
    buffer.text += "\ntf.keras.Input"
    assert await buffer.found() == [("K102", "tf.keras.Model"), ("K102", "tf.keras.Input")]
    past_end = types.Range(types.Position(1, 3), types.Position(1, 700))
    buffer.send(types.TextDocumentContentChangePartial(past_end, "keras.Sequential"))
    buffer.text = buffer.text.replace("Model", "Sequential")
    assert await buffer.found() == [("K102", "tf.keras.Sequential"), ("K102", "tf.keras.Input")]


async def test_fast_typing_ends_with_the_newest_version(editor: Editor) -> None:
    buffer = editor.open(TEXT * 200)
    for letter in "import keras; keras.Model":
        buffer.edit(len(buffer.text), len(buffer.text), letter)
    assert len(await buffer.found()) == 200
    versions = [one.version or 0 for one in editor.published]
    assert versions == sorted(set(versions))
    assert versions[-1] == buffer.version


async def test_close_takes_the_diagnostics_away(editor: Editor) -> None:
    buffer = editor.open(TEXT)
    assert await buffer.found() == [DENSE]
    buffer.close()
    await editor.until(lambda: not editor.published[-1].diagnostics)
    buffer.send(types.TextDocumentContentChangeWholeDocument(TEXT))
    assert await editor.open("x = 1", "file:///project/other.py").found() == []
    assert [(one.version, len(one.diagnostics)) for one in editor.published] == [
        (1, 1),
        (None, 0),
        (1, 0),
    ]


async def test_closing_at_once_shows_nothing_afterwards(editor: Editor) -> None:
    buffer = editor.open(TEXT * 100)
    buffer.close()
    assert await editor.open(TEXT, "file:///project/other.py").found() == [DENSE]
    last = [one for one in editor.published if one.uri == buffer.uri][-1]
    assert not last.diagnostics


async def test_a_failing_rule_is_logged_and_the_others_go_on(start: Start, tmp_path: Path) -> None:
    (tmp_path / "failing.py").write_text(FAILING_RULE)
    command = (
        f"import k3ls.rules; k3ls.rules.__path__.append({str(tmp_path)!r});"
        "from k3ls.lsp.server import serve; serve(None)"
    )
    editor = await start(command=[sys.executable, "-c", command])
    buffer = editor.open(TEXT)
    assert await buffer.found() == [DENSE]
    (one,) = editor.log_messages
    assert one.type == types.MessageType.Error
    assert "K999" in one.message
    assert "line 3 of file:///project/model.py: LookupError: nothing there" in one.message


async def test_an_import_in_a_package_init_is_there_for_others(editor: Editor) -> None:
    text = "import tensorflow as tf\n"
    assert await editor.open(text).found() == [("K104", "import tensorflow as tf")]
    assert await editor.open(text, "file:///project/__init__.py").found() == []


async def test_leaving_with_documents_still_to_be_analysed(editor: Editor) -> None:
    for number in range(10):
        editor.open(TEXT * 100, f"file:///project/{number}.py")
    assert await editor.leave() == 0


async def test_a_base_class_in_an_installed_package(start: Start, tmp_path: Path) -> None:
    """What it derives from is looked up behind the first answer, which another one follows."""
    site = "Lib/site-packages" if sys.platform == "win32" else "lib/python3.12/site-packages"
    package = tmp_path / ".venv" / site / "package"
    package.mkdir(parents=True)
    (tmp_path / ".venv" / "pyvenv.cfg").write_text("home = /usr/bin\n")
    (package / "__init__.py").write_text("from .layers import Base\n")
    (package / "layers.py").write_text(
        "import keras\n\n\nclass Base(keras.layers.Layer):\n    pass\n"
    )
    text = (
        "import keras\nfrom package import Base\n\n\nclass A(Base):\n"
        "    def build(self, shape):\n        self.add_weight('w', (3,))\n"
    )
    editor = await start(folder=tmp_path)
    buffer = editor.open(text, (tmp_path / "model.py").as_uri())
    await editor.until(lambda: len(editor.published) == 2)
    first, second = editor.published
    assert not first.diagnostics
    assert [one.code for one in second.diagnostics] == ["K105"]
    assert first.version == second.version
    buffer.replace("'w'", "'v'")
    assert await buffer.found() == [("K105", "self.add_weight")]
    assert len(editor.published) == 3
