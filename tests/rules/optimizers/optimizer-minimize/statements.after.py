import keras
import tensorflow as tf

optimizer = keras.optimizers.SGD(0.1)
w = tf.Variable(10.0)


def loss():
    return w**2


with tf.GradientTape() as tape:
    loss_value = loss()
optimizer.apply_gradients(zip(tape.gradient(loss_value, [w]), [w]))  # once
with tf.GradientTape() as tape:
    loss_value = w * 2
optimizer.apply_gradients(zip(tape.gradient(loss_value, [w]), [w]))
step = optimizer.iterations.numpy()
for _ in range(3):
    variables_2 = variables()
    with tf.GradientTape() as tape:
        loss_value = (
            w * 3  # three times
        )
    optimizer.apply_gradients(zip(tape.gradient(loss_value, variables_2), variables_2))

with tf.GradientTape() as own:
    value = loss()
optimizer.apply_gradients(zip(own.gradient(value, [w]), [w]))

# Left alone: what comes before the call would come after it.
print(w.numpy(), optimizer.minimize(loss, [w]))
steps = [optimizer.minimize(loss, [w]) for _ in range(3)]
if step: optimizer.minimize(loss, [w])
