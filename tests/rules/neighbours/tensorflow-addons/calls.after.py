import keras
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers


def block(x, scale):
    x = layers.GroupNormalization(4, axis=-1)(x)
    x = layers.GroupNormalization(
        epsilon=1e-5,  # as in the paper
        name="norm", groups=-1,
    )(x)
    x = layers.Dense(3, activation=keras.activations.mish)(x)
    x = layers.Activation(name="gelu", activation="gelu")(x)
    x = layers.GroupNormalization(groups=2)(x)
    return keras.activations.gelu(x, approximate=True) + (scale + keras.ops.square(keras.ops.sin(2 * scale)) / 2)


optimizers = [
    keras.optimizers.AdamW(learning_rate=1e-3, weight_decay=1e-4 / 1e-3),
    keras.optimizers.AdamW(learning_rate=rate, weight_decay=1e-4 / rate, beta_1=0.8),
    keras.optimizers.SGD(learning_rate=0.001, weight_decay=1e-4 / 0.001),
    keras.optimizers.Lamb(1e-3, epsilon=1e-06),
    keras.optimizers.AdamW(learning_rate=schedule.rate, weight_decay=1e-4 / schedule.rate, global_clipnorm=1.0),
    keras.optimizers.Adam(1e-3, name="lazy"),
]
metrics = [
    keras.metrics.F1Score(average="macro"),
    keras.metrics.FBetaScore("micro", beta=2.0),
    keras.metrics.R2Score(class_aggregation=None, name="r_square"),
]
loss = keras.losses.BinaryFocalCrossentropy(alpha=0.4, apply_class_balancing=True, reduction="none", name="sigmoid_focal_crossentropy")


class Norm(layers.GroupNormalization):
    pass
