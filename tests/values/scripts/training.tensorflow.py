"""Training with TensorFlow's tape."""

import numpy as np
import tensorflow as tf

w = tf.Variable(10.0)
v = tf.Variable([1.0, 2.0])


def loss():
    return w**2 + tf.reduce_sum(v)


optimizer = tf.keras.optimizers.SGD(0.1, momentum=0.9)
optimizer.minimize(loss, [w, v])
optimizer.minimize(lambda: w * 2, var_list=[w])
legacy = tf.keras.optimizers.legacy.Adam(0.1)
step = legacy.minimize(loss, [w]).numpy()
with tf.GradientTape() as tape:
    value = loss()
legacy.minimize(value, [w], tape=tape)
result = {"w": w.numpy(), "v": v.numpy(), "step": int(step)}


class Active(tf.keras.layers.Layer):
    def call(self, inputs):
        self.add_metric(tf.reduce_mean(inputs), name="active")
        return inputs


active = tf.keras.Sequential([tf.keras.layers.Dense(2, kernel_initializer="ones"), Active()])
active.compile(tf.keras.optimizers.SGD(0.01), "mse")
history = active.fit(
    np.arange(8, dtype="float32").reshape(4, 2), np.ones((4, 2), "float32"),
    batch_size=2, shuffle=False, epochs=2, verbose=0,
).history
result["active"] = [round(float(one), 3) for one in history["active"]]
