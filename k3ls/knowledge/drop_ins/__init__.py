"""Classes that Keras 3 lacks, written for it: the text that a fix puts into a module.

Each file is complete once `keras` is imported. They are written from the definition of the
operation, with the values and the weights that Keras 2 has.
"""

from functools import cache
from importlib.resources import files


@cache
def drop_in(name: str) -> str:
    """The source of the drop-in, from its first class on."""
    source = files(__name__).joinpath(f"{name}.py").read_text("utf-8")
    return source.partition("import keras\n")[2].strip("\n") + "\n"
