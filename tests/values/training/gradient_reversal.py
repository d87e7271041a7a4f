"""Domain-adversarial training with a gradient reversal layer."""

import numpy as np
import tensorflow as tf
from tensorflow.keras.layers import Dense, Input, Layer
from tensorflow.keras.models import Model


@tf.custom_gradient
def reverse_gradient(x, alpha=1.0):
    def grad(dy):
        # flipped on the way back
        return -dy * alpha, None

    return tf.identity(x), grad


class GradientReversal(Layer):
    """Identity forwards, the negated gradient backwards."""

    def __init__(self, alpha=1.0, **kwargs):
        super().__init__(**kwargs)
        self.alpha = alpha

    def call(self, x, mask=None):
        return reverse_gradient(x, self.alpha)

    def compute_output_shape(self, input_shape):
        return input_shape

    def get_config(self):
        config = {"alpha": self.alpha}
        base_config = super().get_config()
        return dict(list(base_config.items()) + list(config.items()))


inputs = Input(shape=(4,), name="features")
features = Dense(5, activation="tanh", name="shared")(inputs)
label = Dense(3, activation="softmax", name="label")(features)
domain = Dense(1, activation="sigmoid", name="domain")(GradientReversal(0.5)(features))
model = Model(inputs, [label, domain])
rng = np.random.RandomState(2)
model.set_weights([rng.normal(0, 0.5, w.shape) for w in model.get_weights()])
model.compile(
    optimizer=tf.keras.optimizers.SGD(learning_rate=0.1),
    loss={"label": "categorical_crossentropy", "domain": "binary_crossentropy"},
    loss_weights={"label": 1.0, "domain": 0.3},
)
x = rng.normal(size=(8, 4)).astype("float32")
y = tf.keras.utils.to_categorical(rng.randint(0, 3, 8), 3)
d = np.array([[0.0], [1.0]] * 4, "float32")
losses = [model.train_on_batch(x, {"label": y, "domain": d}) for _ in range(2)]
result = {
    "total": [float(one[0]) for one in losses],
    "weights": model.get_weights(),
}
