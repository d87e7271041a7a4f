from __future__ import annotations

import typing
from typing import Dict, List, Literal, Optional, Union

import keras
import tensorflow as tf


def build(
    model: "keras.Model",
    layer: Optional["keras.layers.Layer"] = None,
    others: typing.Dict[str, "List[keras.layers.Dense]"] = None,
    either: "Union['keras.Model', 'keras.Sequential']" = None,
    raw: r"keras.Model" = None,
) -> 'keras.Model':
    found: "keras.optimizers.Optimizer | None" = None
    return found


class Model:
    parts: Dict[str, "keras.Model"]
    name: Literal["tf.keras.Model"]
