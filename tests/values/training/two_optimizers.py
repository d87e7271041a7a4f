"""Wide and deep with an optimizer each, and a model whose backbone learns more slowly."""
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers, losses, optimizers
from tensorflow.keras.models import Model
from tensorflow.python.keras.engine import data_adapter


class WideDeep(Model):
    """
    Wide part: FTRL, deep part: Adam, as in the paper.
    """

    def __init__(self, units):
        super().__init__()
        self.wide = layers.Dense(1, use_bias=False)
        self.deep = tf.keras.Sequential([layers.Dense(units, activation="relu"), layers.Dense(1)])

    def call(self, inputs, training=None):
        return tf.nn.sigmoid(self.wide(inputs) + self.deep(inputs, training=training))

    def compile(self, optimizer, loss, metrics=None, **kwargs):
        wide, self.deep_optimizer = optimizer
        super().compile(optimizer=wide, loss=loss, metrics=metrics, **kwargs)

    def train_step(self, data):
        x, y, sample_weight = data_adapter.unpack_x_y_sample_weight(data)

        with tf.GradientTape() as tape:
            y_pred = self(x, training=True)
            loss = self.compiled_loss(y, y_pred, sample_weight, regularization_losses=self.losses)
        wide_vars = self.wide.trainable_variables
        deep_vars = self.deep.trainable_variables
        wide_grads, deep_grads = tape.gradient(loss, (wide_vars, deep_vars))

        self.optimizer.apply_gradients(zip(wide_grads, wide_vars))
        self.deep_optimizer.apply_gradients(zip(deep_grads, deep_vars))
        self.compiled_metrics.update_state(y, y_pred, sample_weight)
        return {m.name: m.result() for m in self.metrics}


class FineTuned(tf.keras.Model):
    """Gradients of the backbone are scaled down."""

    def __init__(self, backbone, head, factor=0.1):
        super().__init__()
        self.backbone, self.head, self.factor = backbone, head, factor

    def call(self, x):
        return self.head(self.backbone(x))

    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            loss = self.compiled_loss(y, self(x, training=True))
        # Names tell which is which.
        slow = {id(v) for v in self.backbone.trainable_variables}
        grads = tape.gradient(loss, self.trainable_variables)
        scaled = [
            (g * self.factor if id(v) in slow else g, v)
            for g, v in zip(grads, self.trainable_variables)
        ]
        self.optimizer.apply_gradients(scaled)
        return {"loss": loss}


rng = np.random.RandomState(157)
x = rng.normal(size=(8, 3)).astype("float32")
y = (x[:, :1] > 0).astype("float32")
wide_deep = WideDeep(4)
wide_deep(x[:1])
for part in (wide_deep.wide, wide_deep.deep):
    part.set_weights([rng.normal(0, 0.5, w.shape) for w in part.get_weights()])
wide_deep.compile(
    [optimizers.Ftrl(0.1), optimizers.Adam(0.01)],
    loss=losses.BinaryCrossentropy(),
    metrics=["accuracy"],
)
history = wide_deep.fit(x, y, batch_size=4, shuffle=False, verbose=0).history
result = {
    "loss": history["loss"],
    "accuracy": history["accuracy"],
    "wide": wide_deep.wide.get_weights(),
    "deep": wide_deep.deep.get_weights(),
}

backbone = tf.keras.Sequential([layers.Input((3,)), layers.Dense(4, activation="tanh")])
head = tf.keras.Sequential([layers.Input((4,)), layers.Dense(1)])
for part in (backbone, head):
    part.set_weights([rng.normal(0, 0.5, w.shape) for w in part.get_weights()])
tuned = FineTuned(backbone, head)
tuned.compile(optimizers.SGD(0.1, momentum=0.5), loss="mse")
result["tuned loss"] = [tuned.train_on_batch(x, y, return_dict=True)["loss"] for _ in range(2)]
result["backbone"] = backbone.get_weights()
result["head"] = head.get_weights()
