import keras
import tensorflow as tf

optimizer = keras.mixed_precision.LossScaleOptimizer(keras.optimizers.SGD(0.25))
variable = tf.Variable(1.0)
with tf.GradientTape() as tape:
    loss_value = optimizer.scale_loss(variable**2)
optimizer.apply_gradients(zip(tape.gradient(loss_value, [variable]), [variable]))  # scaled
with tf.GradientTape() as recorded:
    loss = optimizer.scale_loss(variable**2)
optimizer.minimize(loss, [variable], tape=recorded)  # the scale isn't told
