"""Files that models and weights are kept in, for the rules about saving and loading."""

from __future__ import annotations

from collections.abc import Mapping

from tree_sitter import Node

from k3ls.knowledge.symbols import canonical, symbol
from k3ls.rules.context import Context
from k3ls.rules.imports.insertion import alone_on_line
from k3ls.rules.rewriting.rewrite import Given, RefusedError, given_arguments
from k3ls.semantics import Module, PathEnd, Reference, Scope, kind_of, path_end
from k3ls.syntax import argument_nodes, string_value, text
from k3ls.text import Edit

MODEL = (".keras", ".h5", ".hdf5")
WEIGHTS = ".weights.h5"
# With the second the weights are in several files.
WEIGHTS_FILES = (WEIGHTS, ".weights.json")
# The files of TensorFlow's checkpoints, and those that are renamed.
OLD = (".weights.h5", ".h5", ".hdf5", ".keras", ".ckpt", ".tf", ".index")
_SAVING = frozenset(
    "save save_model load_model save_weights load_weights ModelCheckpoint exists isfile isdir"
    " remove unlink rmtree getsize print".split()
)
_PARAMETERS = {
    "save": "filepath overwrite include_optimizer save_format signatures options save_traces",
    "save_weights": "filepath overwrite save_format options",
    "load_weights": "filepath skip_mismatch by_name options",
    "save_model": (
        "model filepath overwrite include_optimizer save_format signatures options save_traces"
    ),
    "load_model": "filepath custom_objects compile safe_mode options",
    "ModelCheckpoint": (
        "filepath monitor verbose save_best_only save_weights_only mode save_freq options"
        " initial_value_threshold period save_format"
    ),
}


def arguments_of(reference: Reference, name: str) -> Mapping[str, Given]:
    """The arguments of a call of `name`, one of Keras 2's functions and methods that save and load,
    by parameter; empty if they can't be told apart."""
    parameters = tuple((one, "None") for one in [*_PARAMETERS[name].split(), "**kwargs"])
    if reference.call is None:
        return {}
    try:
        return given_arguments(reference.call, name, parameters)
    except RefusedError:
        return {}


def called_on_model(reference: Reference, context: Context) -> bool | None:
    """Whether a method is called on a Keras model, and is that of Keras; None if the code doesn't
    show what it is called on."""
    owner = reference.node.child_by_field_name("object")
    kind = kind_of(context.module, owner, reference.scope) if owner is not None else None
    if owner is None or kind is None:
        return False if owner is None or context.module.names_of(owner, reference.scope) else None
    return context.owner(reference, "keras.Model") is not None


def saved_models(context: Context) -> frozenset[str | int]:
    """The paths that the module saves models to, as they are written and where they end."""
    return context.module.fact("saved models", lambda module: _saved_models(module, context))


def _saved_models(module: Module, context: Context) -> frozenset[str | int]:
    found: set[str | int] = set()
    for reference in module.references:
        name = reference.names[-1]
        if name not in ("save", "save_model", "ModelCheckpoint", "export"):
            continue
        if name == "save" and called_on_model(reference, context) is False:
            continue
        given = arguments_of(reference, name if name != "export" else "save").get("filepath")
        if given is not None:
            found.add(text(given.value))
            end = path_end(module, given.value, reference.scope)
            if end is not None:
                found.add(end.end)
    return frozenset(found)


def names_symbol(reference: Reference, context: Context, *paths: str) -> bool:
    """Whether a reference stands for one of the public names of Keras."""
    found = {canonical(name) for name in context.module.qualified(reference)}
    one = symbol(found.pop() or "") if len(found) == 1 else None
    return one is not None and one.same in paths


def renamed(end: PathEnd, new: str, context: Context) -> Edit:
    """The edit that has a path end in `new` instead of a suffix of `OLD`.

    Raises:
        RefusedError: the path is used for something else, too.
    """
    if end.binding is not None:
        for reference in context.module.references:
            name = end.binding.name
            if reference.names[0] != name:
                continue
            if end.binding not in reference.scope.reaching(name, reference.offset):
                continue
            if not _in_saving_call(reference.node):
                raise RefusedError(f"`{name}` is used for something else, too")
    if not end.written:
        return Edit(end.end, end.end, f' + "{new}"')
    for suffix in OLD:
        if end.text.endswith(suffix):
            return Edit(end.end - len(suffix), end.end, new)
    slashes = len(end.text) - len(end.text.rstrip("/"))
    return Edit(end.end - slashes, end.end, new)


def _in_saving_call(node: Node) -> bool:
    argument = node
    parent = node.parent
    if parent is not None and parent.type == "keyword_argument":
        argument, parent = parent, parent.parent
    call = parent.parent if parent is not None else None
    if parent is None or call is None or parent.type != "argument_list":
        return False
    function = call.child_by_field_name("function")
    inside = any(one.id == argument.id for one in argument_nodes(parent))
    return inside and function is not None and text(function).rpartition(".")[2] in _SAVING


def making_folder(path: Node, reference: Reference, context: Context) -> list[Edit]:
    """The edit that makes the folder of a path before a call that is a statement of its own, as
    saving to a folder did; none where the folder is somebody else's."""
    statement = reference.call.parent if reference.call is not None else None
    if statement is None or statement.type != "expression_statement":
        return []
    bindings = reference.scope.reaching("os", path.start_byte)
    if not bindings or any(one.target != "os" for one in bindings):
        return []
    if not alone_on_line(statement, context.source) or not _in_named_folder(path, reference.scope):
        return []
    line = f"os.makedirs(os.path.dirname({context.written(path)}), exist_ok=True)"
    start = statement.start_byte
    before = context.source.newline + context.indentation(statement)
    return [Edit(start, start, line + before)]


def _in_named_folder(path: Node, scope: Scope) -> bool:
    """Whether a path begins with folders that are written out."""
    if path.type == "identifier":
        bindings = scope.reaching(text(path), path.start_byte)
        value = bindings[0].value if len(bindings) == 1 else None
        path = value if value is not None else path
    if path.type == "call":
        arguments = path.child_by_field_name("arguments")
        given = argument_nodes(arguments) if arguments is not None else []
        function = path.child_by_field_name("function")
        if function is None or text(function) != "os.path.join" or len(given) < 2:
            return False
        return bool(string_value(given[0])) and not (string_value(given[0]) or "").startswith("/")
    value_of_path = string_value(path) or ""
    return "/" in value_of_path.strip("/") and not value_of_path.startswith("/")
