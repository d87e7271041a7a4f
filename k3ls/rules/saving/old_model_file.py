"""A model that was saved before.

## What it does

Finds `load_model` of a path whose ending is known and that the module itself doesn't save to: a file
or folder that Keras 2 may have written.

## Why

Keras 3 reads little of what Keras 2 saved. It knows no SavedModel:

    ValueError: File format not supported: filepath=model. Keras 3 only supports V3 `.keras` files, legacy H5 format files (`.h5` extension).

Of an `.h5` file it reads layers, and fails on many of the losses and metrics that the model was
compiled with; and of a `.keras` file not even functional models:

    ValueError: Could not deserialize 'keras.metrics.mse' because it is not a KerasSaveable subclass
    TypeError: Could not locate class 'Functional'. Make sure custom classes and functions are decorated with `@keras.saving.register_keras_serializable()`.

## Example

    model = keras.models.load_model("model.h5")

becomes

    model = keras.models.load_model("model.h5", compile=False)

A SavedModel is read with Keras 2 and saved to an `.h5` file, or used as a layer, on TensorFlow:

    layer = keras.layers.TFSMLayer("model", call_endpoint="serving_default")

## Fix safety

Unsafe: a model that is to be trained or evaluated has to be compiled again. There is no fix in a
module that trains or evaluates something. The layer in place of a SavedModel is a beginning: it gives
a dict, and has neither `predict` nor weights.

Since Keras 3.0.
"""  # noqa: E501 - the errors as they are

from __future__ import annotations

from collections.abc import Iterator

from k3ls.rules.context import Context, NoNameError
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.rule import Rule
from k3ls.rules.saving.files import MODEL, arguments_of, names_symbol, saved_models
from k3ls.semantics import Module, Reference, path_end
from k3ls.syntax import argument_nodes, text
from k3ls.text import Edit

RULE = Rule("K236", "old-model-file", Severity.INFORMATION)

_TRAINING = frozenset("fit evaluate train_on_batch test_on_batch fit_generator optimizer".split())


@RULE.reference("keras", "tensorflow")
def check(reference: Reference, context: Context) -> Iterator[Finding]:
    if reference.call is None or not names_symbol(reference, context, "keras.models.load_model"):
        return
    given = arguments_of(reference, "load_model")
    if "filepath" not in given:
        return
    path = given["filepath"].value
    end = path_end(context.module, path, reference.scope)
    if end is None or not end.written or end.text.startswith("hf://"):
        return
    folder = end.ends_with(*MODEL) is False
    if not folder and not end.ends_with(*MODEL):
        return
    saved = saved_models(context)
    if text(path) in saved or end.end in saved:
        return
    fix = None
    severity = Severity.INFORMATION
    if folder:
        said = (
            "Keras 3 loads no SavedModel: load it with Keras 2 and save it to an `.h5` file, or use"
            " `keras.layers.TFSMLayer` on TensorFlow"
        )
        severity = Severity.ERROR
        fix = _layer(reference, text(path), context)
    elif end.text.endswith(".keras"):
        said = (
            "Keras 3 loads few of the `.keras` files that Keras 2 saved: load such a file with"
            " Keras 2 and save it to an `.h5` file"
        )
    elif "compile" in given:
        return
    else:
        said = (
            "of an `.h5` file that Keras 2 saved Keras 3 reads few losses and metrics: load it with"
            " `compile=False`, and compile it again where it is trained or evaluated"
        )
        if not _trains(context.module):
            last = argument_nodes(reference.call.child_by_field_name("arguments") or path)[-1]
            edit = Edit(last.end_byte, last.end_byte, ", compile=False")
            fix = Fix("Load it with `compile=False`", (edit,), Applicability.UNSAFE)
    yield RULE.finding(path.start_byte, path.end_byte, said, fix, severity=severity)


def _layer(reference: Reference, path: str, context: Context) -> Fix | None:
    assert reference.call is not None
    try:
        name = context.name("keras.layers.TFSMLayer", reference)
    except NoNameError:
        return None
    source = f'{name.source}({path}, call_endpoint="serving_default")'
    edit = Edit(reference.call.start_byte, reference.call.end_byte, source)
    return Fix("Use it as a layer", (edit, *name.edits), Applicability.DISPLAY)


def _trains(module: Module) -> bool:
    """Whether something in the module is trained or evaluated."""
    return any(
        len(reference.names) > 1 and reference.names[-1] in _TRAINING
        for reference in module.references
    )
