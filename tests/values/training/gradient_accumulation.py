"""Gradients summed over several batches before they are applied."""

import numpy as np
import tensorflow as tf
from tensorflow.keras import Model, layers, losses, metrics, optimizers


class AccumulatingModel(Model):
    def __init__(self, n_gradients, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.n_gradients = tf.constant(n_gradients, dtype=tf.int32)
        self.n_acum_step = tf.Variable(0, dtype=tf.int32, trainable=False)
        self.gradient_accumulation = [
            tf.Variable(tf.zeros_like(v, dtype=tf.float32), trainable=False)
            for v in self.trainable_variables
        ]

    def train_step(self, data):
        self.n_acum_step.assign_add(1)

        x, y = data
        with tf.GradientTape() as tape:
            y_pred = self(x, training=True)
            loss = self.compiled_loss(y, y_pred, regularization_losses=self.losses)
        # Calculate batch gradients
        gradients = tape.gradient(loss, self.trainable_variables)
        # Accumulate batch gradients
        for i in range(len(self.gradient_accumulation)):
            self.gradient_accumulation[i].assign_add(gradients[i])

        # If n_acum_step reach the n_gradients then we apply accumulated gradients to update the
        # variables, otherwise do nothing
        tf.cond(
            tf.equal(self.n_acum_step, self.n_gradients),
            self.apply_accu_gradients,
            lambda: None,
        )

        # update metrics
        self.compiled_metrics.update_state(y, y_pred)
        return {m.name: m.result() for m in self.metrics}

    def apply_accu_gradients(self):
        # apply accumulated gradients
        self.optimizer.apply_gradients(
            zip(self.gradient_accumulation, self.trainable_variables)
        )

        # reset
        self.n_acum_step.assign(0)
        for i in range(len(self.gradient_accumulation)):
            self.gradient_accumulation[i].assign(
                tf.zeros_like(self.trainable_variables[i], dtype=tf.float32)
            )


rng = np.random.RandomState(41)
inputs = layers.Input((4,))
outputs = layers.Dense(2)(layers.Dense(3, activation="tanh")(inputs))
model = AccumulatingModel(n_gradients=2, inputs=inputs, outputs=outputs)
for variable in model.trainable_variables:
    variable.assign(rng.normal(0, 0.5, variable.shape))
model.compile(
    loss=losses.MeanSquaredError(),
    metrics=[metrics.MeanAbsoluteError(name="mae")],
    optimizer=optimizers.SGD(0.1),
)
x = rng.normal(size=(16, 4)).astype("float32")
y = x[:, :2] - x[:, 2:]
history = model.fit(x, y, batch_size=4, shuffle=False, epochs=1, verbose=0).history
result = {
    "mae": history["mae"],
    "loss": history["loss"],
    "weights": [v.numpy() for v in model.trainable_variables],
}
