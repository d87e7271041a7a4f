import keras
import tensorflow as tf

optimizer = keras.optimizers.SGD(0.1)
w = tf.Variable(10.0)


def loss():
    return w**2


optimizer.minimize(loss, [w])  # once
step = optimizer.minimize(lambda: w * 2, var_list=[w]).numpy()
for _ in range(3):
    optimizer.minimize(
        lambda: (
            w * 3  # three times
        ),
        var_list=variables(),
    )

with tf.GradientTape() as own:
    value = loss()
optimizer.minimize(value, [w], tape=own)

# Left alone: what comes before the call would come after it.
print(w.numpy(), optimizer.minimize(loss, [w]))
steps = [optimizer.minimize(loss, [w]) for _ in range(3)]
if step: optimizer.minimize(loss, [w])
