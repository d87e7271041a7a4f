"""Call the layers that a package's files define; the other half of `tools.transformers_layers`.

`python -m tools.run_layers ROOT MODULES OUT` makes each layer with a small configuration, fills its
weights with random numbers, calls it, and pickles weights and outputs to OUT. With the OUT of
another run behind it, it does the same with the arguments and weights of that run. Needs NumPy and
a Keras only: it also runs where Keras 2 is.
"""

from __future__ import annotations

import importlib
import importlib.abc
import importlib.machinery
import inspect
import itertools
import pickle
import re
import sys
import traceback
import types
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

# What the package imports for its hub and its tokenizers; no layer needs any of it.
STUBBED = (
    *("filelock", "huggingface_hub", "regex", "requests", "safetensors", "tokenizers", "tqdm"),
    *("transformers.data", "transformers.dependency_versions_check"),
)
# What it imports of Keras's insides, for saving whole models.
STUBBED_IN_KERAS3 = ("keras.src.engine",)

# A small size for each attribute of a configuration whose name matches, the first that does.
SIZES: dict[str, Any] = {
    r"vocab_size": 60,
    r"(.*_)?num_attention_heads|num_(.*_)?heads|n_heads?|.*attention_heads": 4,
    r"d_kv|d_head|attention_head_size": 8,
    r"num_hidden_layers|n_layers?|num_layers|num_(en|de)coder_layers|(en|de)coder_layers": 2,
    r".*(intermediate_size|ffn_dim|inner_dim)|d_ff|d_inner|n_inner|hidden_dim": 48,
    r"hidden_size|d_model|n_embd|dim|embedding_size|emb_dim|projection_dim|d_embed|embed_dim": 32,
    r"max_.*position_embeddings|n_positions|n_ctx": 40,
    r"image_size": 32,
    r"patch_size": 8,
}
WIDTH = 32
PRIMARY = ("input_ids", "decoder_input_ids", "pixel_values", "input_values", "input_features")


class Stubs(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Modules in which every name is a class that does nothing."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self.names = names

    def find_spec(self, fullname: str, path: Any = None, target: Any = None) -> Any:
        if any(fullname == name or fullname.startswith(name + ".") for name in self.names):
            return importlib.machinery.ModuleSpec(fullname, self, is_package=True)
        return None

    def create_module(self, spec: Any) -> types.ModuleType:
        module = types.ModuleType(spec.name)

        def absent(name: str) -> Any:
            if name.startswith("__"):
                raise AttributeError(name)
            return type(name, (), {"__init__": lambda self, *args, **kwargs: None})

        vars(module)["__getattr__"] = absent
        return module

    def exec_module(self, module: types.ModuleType) -> None:
        pass


def layers_of(module: types.ModuleType, base: type) -> Iterator[type]:
    """The layers that a module defines, not its models."""
    for value in list(vars(module).values()):
        if (
            inspect.isclass(value)
            and value.__module__ == module.__name__
            and issubclass(value, base)
            and not hasattr(value, "fit")
        ):
            yield value


def make(layer: type, module: types.ModuleType) -> Any:
    """An instance of `layer` with a small configuration, the first that it takes."""
    error: Exception | None = None
    for chosen in configurations(layer, module):
        try:
            return instance(layer, chosen)
        except Exception as raised:  # noqa: BLE001, PERF203 - another configuration may fit
            error = raised
    raise ValueError(f"no configuration fits: {error}")


def configurations(layer: type, module: types.ModuleType) -> list[type]:
    """The classes of configuration that a layer may take, the likeliest first."""
    annotation = str(inspect.signature(layer).parameters.get("config"))
    names = re.findall(r"\w+Config\b", f"{annotation} {' '.join(vars(module))}")
    declared = getattr(layer, "config_class", None)
    found = [vars(module)[name] for name in dict.fromkeys(names) if name in vars(module)]
    return [declared, *found] if declared else found


def instance(layer: type, chosen: type) -> Any:
    given: dict[str, Any] = {}
    for name, parameter in inspect.signature(layer).parameters.items():
        if name == "config":
            given[name] = chosen()
            shrink(given[name])
        elif parameter.default is parameter.empty and parameter.kind not in (
            parameter.VAR_POSITIONAL,
            parameter.VAR_KEYWORD,
        ):
            given[name] = argument(name)
    return layer(**given)


def shrink(config: Any) -> None:
    for name, value in list(vars(config).items()):
        if hasattr(value, "to_dict") and hasattr(value, "architectures"):
            shrink(value)
        pattern = next((one for one in SIZES if re.fullmatch(one, name)), None)
        if pattern and isinstance(value, int):
            setattr(config, name, SIZES[pattern])
        if name == "depths":
            setattr(config, name, [min(one, 2) for one in value])


def argument(name: str) -> Any:
    """A value for a constructor's argument of this name."""
    if re.search("head", name):
        return 4
    if re.search("dropout|drop_path|drop_rate|_rate", name):
        return 0.0
    if re.search("act", name):
        return "gelu"
    if re.search("kernel|stride|patch|depth|num_|index|layer|window", name):
        return 2
    if re.search("resolution", name):
        return (8, 8)
    return WIDTH


def candidates(name: str) -> list[Any]:
    """Values to try for an argument of `call`, the likeliest first."""
    rng = np.random.default_rng(zlib.crc32(name.encode()))

    def floats(*shape: int) -> Any:
        return rng.uniform(-1, 1, shape).astype("float32")

    if name == "training" or re.match("output_|return_|use_|only_", name):
        return [False]
    if re.search("head_mask|past_key|mems|bias", name):
        return [None, [None, None]]
    if re.search("mask", name):
        keep = np.array([[1, 1, 1, 1, 1], [1, 1, 1, 0, 0]], "int32")
        added = ((1 - keep) * -1e4).astype("float32")[:, None, None, :]
        return [added, keep, np.broadcast_to(added, (2, 1, 5, 5)).copy(), None]
    if re.search("ids|labels", name):
        return [rng.integers(2, 20 if "input" in name else 4, (2, 5)).astype("int32")]
    if re.search("pixel|image", name):
        return [floats(2, 3, 32, 32), floats(2, 32, 32, 3)]
    if re.search("input_values", name):
        return [floats(2, 400)]
    if re.search("features", name):
        return [floats(2, 80, 40), floats(2, 5, WIDTH), floats(2, 40, 80)]
    if re.search("dimensions|resolution", name):
        return [(8, 8)]
    if re.search("height|width|length|size", name):
        return [8, 5]
    return [
        floats(2, 5, WIDTH),
        floats(2, 8, 8, WIDTH),
        floats(2, 64, WIDTH),
        floats(2, WIDTH),
        floats(2, 4, 5, 8),
        rng.integers(2, 20, (2, 5)).astype("int32"),
        floats(2, WIDTH, 8, 8),
        floats(2, 32, 32, 3),
        floats(2, 4, 5, 5),
        floats(5, 2, WIDTH),
    ]


def combinations(layer: Any) -> Iterator[dict[str, Any]]:
    """Arguments to try for `layer.call`: what it needs, and then a mask too."""
    parameters = inspect.signature(layer.call).parameters.values()
    named = [one for one in parameters if one.kind is one.POSITIONAL_OR_KEYWORD]
    needed = [one.name for one in named if one.default is one.empty]
    first = needed or [one.name for one in named if one.name in PRIMARY]
    masks = [one.name for one in named if one.name == "attention_mask" and one.name not in first]
    for names in ([*first, *masks], first) if masks else (first,):
        yield from (
            dict(zip(names, values, strict=True))
            for values in itertools.islice(
                itertools.product(*(candidates(name) for name in names)), 60
            )
        )


def flatten(value: Any) -> list[Any]:
    """The tensors of an output, in order."""
    if value is None or isinstance(value, (bool, int, float, str)):
        return []
    if isinstance(value, dict):
        return [one for part in value.values() for one in flatten(part)]
    if isinstance(value, (list, tuple)):
        return [one for part in value for one in flatten(part)]
    return [value]


class Keras:
    """What differs between the two generations for those who call a layer."""

    def __init__(self) -> None:
        import keras

        self.layer: type = keras.layers.Layer
        self.tensor: Callable[[Any], Any]
        self.array: Callable[[Any], Any]
        if keras.__version__.startswith("2."):
            import tensorflow

            self.tensor, self.array = tensorflow.constant, np.asarray
            self.stubbed: tuple[str, ...] = STUBBED
        else:
            self.tensor, self.array = keras.ops.convert_to_tensor, keras.ops.convert_to_numpy
            self.stubbed = STUBBED + STUBBED_IN_KERAS3

    def call(self, layer: Any, given: dict[str, Any]) -> list[Any]:
        tensors = {
            name: self.tensor(value) if isinstance(value, np.ndarray) else value
            for name, value in given.items()
        }
        return [np.asarray(self.array(one)) for one in flatten(layer(**tensors))]


def weights_of(layer: Any) -> list[Any]:
    return [*layer.trainable_weights, *layer.non_trainable_weights]


def fill(weights: list[Any]) -> None:
    """Random numbers in place of zeros and ones, under which mistakes would not be seen."""
    rng = np.random.default_rng(11)
    for weight in weights:
        if "float" not in str(weight.dtype):
            continue
        if re.search("gamma|variance", weight.name):
            values = rng.uniform(0.5, 1.5, weight.shape)
        else:
            # Of a size that keeps the numbers in the same range from layer to layer.
            values = rng.normal(0, max(1, np.prod(weight.shape[:-1])) ** -0.5, weight.shape)
        weight.assign(values.astype("float32"))


def ending(name: str) -> list[str]:
    """The last parts of a weight's name, in which both generations agree."""
    return name.split(":")[0].split("/")[-2:]


def assign(weights: list[Any], saved: list[tuple[str, Any]]) -> None:
    """Give each weight the saved value of its shape and, where there are several, of its name.

    Raises:
        ValueError: they don't fit.
    """
    left = list(saved)
    for weight in weights:
        fitting = [one for one in left if one[1].shape == tuple(weight.shape)]
        if not fitting:
            break
        name = ending(getattr(weight, "path", weight.name))
        chosen = next((one for one in fitting if ending(one[0]) == name), fitting[0])
        left = [one for one in left if one is not chosen]
        weight.assign(chosen[1])
    if left or len(weights) != len(saved):
        shapes = [tuple(weight.shape) for weight in weights]
        raise ValueError(f"other weights: {shapes} for {[one[1].shape for one in saved]}")


def first_run(keras: Keras, layer: type, module: types.ModuleType) -> dict[str, Any]:
    """The first arguments that a layer can be called with, its weights and outputs."""
    error: Exception | None = None
    for index, given in enumerate(combinations(make(layer, module))):
        made = make(layer, module)
        try:
            keras.call(made, given)
            fill(weights_of(made))
            outputs = keras.call(made, given)
            again = keras.call(made, given)
        except Exception as raised:  # noqa: BLE001 - another combination may fit
            error = raised
            continue
        finite = all(np.isfinite(one).all() for one in outputs if one.dtype.kind == "f")
        if outputs and finite and all(map(np.array_equal, outputs, again)):
            weights = [(weight.name, np.asarray(weight)) for weight in weights_of(made)]
            return {"arguments": index, "weights": weights, "outputs": outputs}
    raise ValueError(f"no arguments fit: {error}")


def next_run(
    keras: Keras, layer: type, module: types.ModuleType, before: dict[str, Any]
) -> dict[str, Any]:
    """The outputs with the arguments and weights of an earlier run."""
    made = make(layer, module)
    given = next(itertools.islice(combinations(made), before["arguments"], None))
    keras.call(made, given)
    assign(weights_of(made), before["weights"])
    return {"outputs": keras.call(made, given)}


def run(root: Path, modules: str, before: dict[str, Any] | None) -> dict[str, Any]:
    """What each layer of the modules whose name matches gives, or its error, by its name."""
    sys.path.insert(0, str(root))
    keras = Keras()
    sys.meta_path.insert(0, Stubs(keras.stubbed))
    found: dict[str, Any] = {}
    for path in sorted(root.glob("*/models/*/modeling_tf_*.py")):
        if not re.search(modules, path.stem):
            continue
        try:
            module = importlib.import_module(".".join(path.relative_to(root).with_suffix("").parts))
        except Exception as error:  # noqa: BLE001 - what the package does is the outcome
            found[path.stem] = {"error": f"{type(error).__name__}: {error}"}
            continue
        for layer in layers_of(module, keras.layer):
            name = f"{path.stem}.{layer.__name__}"
            try:
                if before is None:
                    found[name] = first_run(keras, layer, module)
                elif "outputs" in before.get(name, ()):
                    found[name] = next_run(keras, layer, module, before[name])
            except Exception as error:  # noqa: BLE001 - what the package does is the outcome
                where = traceback.format_exc(limit=-3)
                found[name] = {"error": f"{type(error).__name__}: {error}", "traceback": where}
    return found


def main() -> None:
    root, modules, out, *earlier = sys.argv[1:]
    before = pickle.loads(Path(earlier[0]).read_bytes()) if earlier else None
    Path(out).write_bytes(pickle.dumps(run(Path(root), modules, before)))


if __name__ == "__main__":
    main()
