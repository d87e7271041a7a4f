"""Constraints, regularizers and initializers as classes, some with a state of their own."""

import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import backend as K


class CenterAround(tf.keras.constraints.Constraint):
    """Constrains weight tensors to be centered around `ref_value`."""

    def __init__(self, ref_value):
        self.ref_value = ref_value

    def __call__(self, w):
        mean = tf.reduce_mean(w)
        return w - mean + self.ref_value

    def get_config(self):
        return {'ref_value': self.ref_value}


class ClipRows(keras.constraints.Constraint):
    """Rows of at most unit length, none of them negative."""

    def __call__(self, w):
        w = w * K.cast(K.greater_equal(w, 0.0), K.floatx())
        norms = K.sqrt(K.sum(K.square(w), axis=1, keepdims=True))
        desired = K.clip(norms, 0, 1.0)
        return w * (desired / (K.epsilon() + norms))


class ScheduledL2(keras.regularizers.Regularizer):
    def __init__(self, strength=0.1):
        # changed by the callback below
        self.strength = K.variable(strength)

    def __call__(self, x):
        return self.strength * K.sum(K.square(x))

    def get_config(self):
        return {"strength": float(K.get_value(self.strength))}


@tf.keras.utils.register_keras_serializable("corpus")
class Orthogonality(tf.keras.regularizers.Regularizer):
    def __init__(self, num_features, l2reg=0.001):
        self.num_features = num_features
        self.l2reg = l2reg
        self.eye = tf.eye(num_features)

    def __call__(self, x):
        x = tf.reshape(x, (-1, self.num_features, self.num_features))
        xxt = tf.tensordot(x, x, axes=(2, 2))
        xxt = tf.reshape(xxt, (-1, self.num_features, self.num_features))
        return tf.reduce_sum(self.l2reg * tf.square(xxt - self.eye))

    def get_config(self):
        return {"num_features": self.num_features, "l2reg": self.l2reg}


class Checkerboard(tf.keras.initializers.Initializer):
    """Plus and minus `value` by turns."""

    def __init__(self, value):
        self.value = value

    def __call__(self, shape, dtype=None, **kwargs):
        total = int(np.prod(shape))
        signs = tf.cast(tf.range(total) % 2, dtype or tf.float32) * 2 - 1
        return tf.reshape(signs, shape) * self.value

    def get_config(self):  # To support serialization
        return {"value": self.value}


class Loosen(keras.callbacks.Callback):
    def __init__(self, regularizer):
        super().__init__()
        self.regularizer = regularizer

    def on_epoch_end(self, epoch, logs=None):
        strength = self.regularizer.strength
        K.set_value(strength, K.get_value(strength) / 2)


decaying = ScheduledL2(0.2)
model = keras.models.Sequential([
    keras.layers.Input((4,)),
    keras.layers.Dense(4, kernel_initializer=Checkerboard(0.3), kernel_constraint=ClipRows()),
    keras.layers.Dense(4, kernel_initializer=Checkerboard(0.2), kernel_regularizer=decaying),
    keras.layers.Dense(4, kernel_initializer="ones", kernel_regularizer=Orthogonality(2)),
    keras.layers.Dense(1, kernel_initializer="ones", kernel_constraint=CenterAround(0.5)),
])
x = np.cos(np.arange(24, dtype="float32")).reshape(6, 4)
y = x[:, :1]
model.compile(optimizer=keras.optimizers.SGD(0.02), loss="mse")
history = model.fit(
    x, y, batch_size=6, epochs=2, shuffle=False, verbose=0, callbacks=[Loosen(decaying)]
)
result = {"loss": history.history["loss"], "weights": model.get_weights()}
