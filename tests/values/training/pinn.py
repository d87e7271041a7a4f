"""Physics-informed network for u'' = -sin(x): second derivatives inside of a training step."""

import numpy as np
import tensorflow as tf
from tensorflow.keras import Model, Sequential
from tensorflow.keras.layers import Dense, InputLayer
from tensorflow.keras.metrics import Mean


class PoissonPINN(Model):
    def __init__(self, backbone, boundary_weight=1.0, **kwargs):
        super().__init__(**kwargs)
        self.backbone = backbone
        self.boundary_weight = boundary_weight
        self.residual_tracker = Mean(name="residual")
        self.boundary_tracker = Mean(name="boundary")

    def call(self, x):
        return self.backbone(x)

    @property
    def metrics(self):
        return [self.residual_tracker, self.boundary_tracker]

    def residual(self, x):
        # u'' by two nested tapes
        with tf.GradientTape() as outer:
            outer.watch(x)
            with tf.GradientTape() as inner:
                inner.watch(x)
                u = self.backbone(x)
            u_x = inner.gradient(u, x)
        u_xx = outer.gradient(u_x, x)
        return u_xx + tf.sin(x)

    def train_step(self, data):
        x, boundary = data
        with tf.GradientTape() as tape:
            residual_loss = tf.reduce_mean(tf.square(self.residual(x)))
            # zero at both ends
            boundary_loss = tf.reduce_mean(tf.square(self(boundary, training=True)))
            loss = residual_loss + self.boundary_weight * boundary_loss
        gradients = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(gradients, self.trainable_variables))
        self.residual_tracker.update_state(residual_loss)
        self.boundary_tracker.update_state(boundary_loss)
        return {m.name: m.result() for m in self.metrics}


rng = np.random.RandomState(73)
backbone = Sequential([InputLayer((1,)), Dense(6, activation="tanh"), Dense(6, "tanh"), Dense(1)])
backbone.set_weights([rng.normal(0, 0.7, w.shape) for w in backbone.get_weights()])
model = PoissonPINN(backbone, boundary_weight=10.0)
model.compile(optimizer="adam")
x = np.linspace(0, np.pi, 8, dtype="float32")[:, None]
ends = np.array([[0.0], [np.pi]] * 4, "float32")
history = model.fit(x, ends, batch_size=4, shuffle=False, verbose=0).history
result = {
    "residual": history["residual"],
    "boundary": history["boundary"],
    "weights": backbone.get_weights(),
}
