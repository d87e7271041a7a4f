"""An import from inside Keras, where names have moved or are gone.

## What it does

Finds imports from modules that were never public or have long ceased to be: `keras.layers.core`,
`keras.engine.…`, `keras.src.engine.…`, `keras.utils.np_utils`, `keras.optimizers.adam_v2`,
`tensorflow.python.keras.…`; and imports the public names instead.

## Why

Keras 3 keeps its insides in `keras.src`, and has nothing else beside the public modules:

    ModuleNotFoundError: No module named 'keras.engine'
    ModuleNotFoundError: No module named 'keras.layers.core'

`tensorflow.python.keras` is an old copy of Keras that TensorFlow carries for itself; its layers
don't work in a model of Keras 3.

## Example

    from keras.layers.core import Dense, Dropout
    from keras.utils import np_utils

    labels = np_utils.to_categorical(labels)

becomes

    import keras
    from keras.layers import Dense, Dropout

    labels = keras.utils.to_categorical(labels)

## Fix safety

Safe where the public name is the same object in Keras 2. Unsafe for `tensorflow.python.keras`,
whose objects were others. A name that was never public gets no fix.

Since Keras 3.0.
"""

from __future__ import annotations

from collections.abc import Iterator

from k3ls.knowledge.symbols import Symbol, canonical, public, symbol
from k3ls.rules.context import Context, NoNameError
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.imports.insertion import (
    alone_on_line,
    remove_imported,
    remove_names,
)
from k3ls.rules.rule import Rule
from k3ls.semantics import Import, ImportedName, Reference
from k3ls.syntax import text
from k3ls.text import Edit

RULE = Rule("K107", "private-module", Severity.ERROR)

# Classes that were not public in Keras 2, and where Keras 3 has them.
_RENAMED = {
    "KerasTensor": "keras.KerasTensor",
    "OptimizerV2": "keras.optimizers.Optimizer",
}
# What `keras.src` of Keras 2 held beside what it holds in Keras 3.
_GONE_INSIDE = frozenset(
    "backend_config benchmarks callbacks_v1 distribute dtensor engine estimator feature_column"
    " legacy_tf_layers mixed_precision premade_models preprocessing testing_infra".split()
)
# What takes the place of modules that are gone since before Keras 2.15.
_INSTEAD = {
    "keras.wrappers.scikit_learn": (
        "use `scikeras.wrappers`, or `keras.wrappers.SKLearnClassifier` and `SKLearnRegressor` of"
        " Keras 3.8 and later"
    ),
}


@RULE.module
def check_imports(context: Context) -> Iterator[Finding]:
    for statement in context.module.imports:
        path = _private(statement.module)
        if path is not None and statement.names:
            yield _names(statement, path, context)
            continue
        for name in statement.names:
            target = name.path if not statement.module else f"{statement.module}.{name.path}"
            if _private(target) is not None and public(canonical(target) or "") is None:
                yield _module(statement, name, target, context)


@RULE.reference("keras", "tensorflow.keras", "tensorflow.python.keras")
def check_use(reference: Reference, context: Context) -> Iterator[Finding]:
    """`np_utils.to_categorical`, where the import gave the module."""
    names = set(context.module.qualified(reference))
    qualified = names.pop() if len(names) == 1 else ""
    roots = context.module.root_names(reference)
    if not qualified or not any(_private(root) for root in roots):
        return
    if public(canonical(roots[0]) or "") is not None:
        # `Dense` of `from keras.layers.core import Dense`: the import is reported.
        return
    parts = qualified.split(".")
    for length in range(len(parts), 1, -1):
        found = public(canonical(".".join(parts[:length])) or "")
        if found is None or not found.keras3 or found.kind == "module":
            continue
        node = reference.nodes[length - len(parts) - 1]
        message = f"`{'.'.join(parts[:length])}` is `{found.path}` in Keras 3"
        fix = None
        try:
            fix = context.renaming(node, found.path, reference, _applicability(qualified))
        except NoNameError as reason:
            message += f" ({reason})"
        yield RULE.finding(node.start_byte, node.end_byte, message, fix)
        return


def _private(module: str) -> str | None:
    """The path under `keras` of a module that isn't public, None for others."""
    path = canonical(module) if module else None
    if path is None or module.startswith("tf_keras"):
        return None
    if ".src" in module and path.removeprefix("keras.src.").split(".")[0] not in _GONE_INSIDE:
        return None
    found = symbol(path)
    if module.startswith("tensorflow.python."):
        return path
    return path if found is None else None


def _names(statement: Import, path: str, context: Context) -> Finding:
    """`from keras.layers.core import Dense`."""
    node = statement.node
    homes: dict[str, list[ImportedName]] = {}
    unknown = []
    for name in statement.names:
        found = public(_RENAMED.get(name.path) or f"{path}.{name.path}")
        if found is not None:
            homes.setdefault(_home(found, name.path), []).append(name)
        elif name.binding in context.module.uses:
            unknown.append(name)
    message = f"Keras 3 has no module `{statement.module}`"
    if path in _INSTEAD:
        message += f": {_INSTEAD[path]}"
    if homes:
        message += f": the names are in {', '.join(f'`{home}`' for home in homes)}"
    fix = None
    if homes and not unknown:
        edits = _moved(statement, homes, context)
        title = f"Import from {', '.join(f'`{home}`' for home in homes)}"
        fix = Fix(title, tuple(edits), _applicability(statement.module)) if edits else None
    elif not context.is_package_init and not any(_needed(one, context) for one in statement.names):
        removed = remove_imported(context.source, statement, list(statement.names))
        fix = Fix("Remove the import", removed, _applicability(statement.module))
    return RULE.finding(node.start_byte, node.end_byte, message, fix)


def _moved(statement: Import, homes: dict[str, list[ImportedName]], context: Context) -> list[Edit]:
    """The edits that import each name from its home, in a statement for each; none where comments
    would be lost."""
    node, module_node = statement.node, statement.module_node
    assert module_node is not None
    if len(homes) == 1:
        ((home, kept),) = homes.items()
        gone = [name for name in statement.names if name not in kept]
        edits = [Edit(module_node.start_byte, module_node.end_byte, home)]
        for name in kept:
            if _renamed(name) != text(name.name_node):
                node = name.name_node
                edits.append(Edit(node.start_byte, node.end_byte, _renamed(name)))
        return edits + (remove_names(context.source, statement, gone) if gone else [])
    if b"#" in (node.text or b""):
        return []
    between = "; "
    if alone_on_line(node, context.source):
        between = context.source.newline + " " * node.start_point.column
    lines = (
        f"from {home} import {', '.join(map(_imported, names))}" for home, names in homes.items()
    )
    return [Edit(node.start_byte, node.end_byte, between.join(lines))]


def _renamed(name: ImportedName) -> str:
    """What an import of a name that is another in Keras 3 has in its place."""
    new = _RENAMED.get(name.path, name.path).rpartition(".")[2]
    return new if name.alias is not None or new == name.path else f"{new} as {name.path}"


def _imported(name: ImportedName) -> str:
    if name.path not in _RENAMED:
        return text(name.node)
    alias = f" as {name.alias}" if name.alias is not None else ""
    return _renamed(name) + alias


def _home(found: Symbol, name: str) -> str:
    """The module from which Keras 3 has the name, as most code imports it."""
    for package in ("keras.layers", "keras.models", found.path.rpartition(".")[0]):
        other = symbol(f"{package}.{name}")
        if other is not None and other.keras3 >= found.keras3 and other.same == found.same:
            return package
    return found.path.rpartition(".")[0]


def _module(statement: Import, name: ImportedName, target: str, context: Context) -> Finding:
    """`from keras.utils import np_utils`: the uses are rewritten, then the import goes."""
    node = name.node
    fix = None
    if not _needed(name, context):
        edits = remove_imported(context.source, statement, [name])
        fix = Fix("Remove the import", edits, Applicability.SAFE)
    message = f"Keras 3 has no module `{target}`"
    return RULE.finding(node.start_byte, node.end_byte, message, fix)


def _needed(name: ImportedName, context: Context) -> bool:
    return name.binding in context.module.uses or context.mentions(name.binding.name)


def _applicability(qualified: str) -> Applicability:
    old_copy = qualified.startswith("tensorflow.python.")
    return Applicability.UNSAFE if old_copy else Applicability.SAFE
