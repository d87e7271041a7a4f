"""A training loop of one's own around a Keras model."""

import numpy as np
import tensorflow as tf
from tensorflow import keras

rng = np.random.RandomState(79)
inputs = keras.Input(shape=(4,), name="digits")
x = keras.layers.Dense(5, activation="relu", name="dense_1")(inputs)
outputs = keras.layers.Dense(3, name="predictions")(x)
model = keras.Model(inputs=inputs, outputs=outputs)
model.set_weights([rng.normal(0, 0.5, w.shape) for w in model.get_weights()])

# Instantiate an optimizer to train the model.
optimizer = keras.optimizers.SGD(learning_rate=1e-1)
# Instantiate a loss function.
loss_fn = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
# Prepare the metrics.
train_acc_metric = keras.metrics.SparseCategoricalAccuracy()

x_train = rng.normal(size=(8, 4)).astype("float32")
y_train = rng.randint(0, 3, 8)
train_dataset = tf.data.Dataset.from_tensor_slices((x_train, y_train)).batch(4)


@tf.function
def train_step(x, y):
    with tf.GradientTape() as tape:
        logits = model(x, training=True)
        loss_value = loss_fn(y, logits)
    grads = tape.gradient(loss_value, model.trainable_weights)
    optimizer.apply_gradients(zip(grads, model.trainable_weights))
    train_acc_metric.update_state(y, logits)
    return loss_value


losses, accuracies = [], []
for epoch in range(2):
    # Iterate over the batches of the dataset.
    for step, (x_batch_train, y_batch_train) in enumerate(train_dataset):
        loss_value = train_step(x_batch_train, y_batch_train)
        losses.append(float(loss_value))

    # Display metrics at the end of each epoch.
    accuracies.append(float(train_acc_metric.result()))
    # Reset training metrics at the end of each epoch
    train_acc_metric.reset_states()

result = {"losses": losses, "accuracies": accuracies, "weights": model.get_weights()}
