"""Training with TensorFlow's tape."""

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
