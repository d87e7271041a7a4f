"""Custom training steps that honour sample weights and class weights."""
import numpy as np
import tensorflow as tf


class CustomModel(tf.keras.Model):
    def train_step(self, data):
        # Unpack the data. Its structure depends on your model and
        # on what you pass to `fit()`.
        if len(data) == 3:
            x, y, sample_weight = data
        else:
            sample_weight = None
            x, y = data

        with tf.GradientTape() as tape:
            y_pred = self(x, training=True)  # Forward pass
            # Compute the loss value.
            # The loss function is configured in `compile()`.
            loss = self.compiled_loss(
                y,
                y_pred,
                sample_weight=sample_weight,
                regularization_losses=self.losses,
            )

        # Compute gradients
        trainable_vars = self.trainable_variables
        gradients = tape.gradient(loss, trainable_vars)

        # Update weights
        self.optimizer.apply_gradients(zip(gradients, trainable_vars))

        # Update the metrics.
        # Metrics are configured in `compile()`.
        self.compiled_metrics.update_state(y, y_pred, sample_weight=sample_weight)

        # Return a dict mapping metric names to current value.
        # Note that it will include the loss (tracked in self.metrics).
        return {m.name: m.result() for m in self.metrics}


rng = np.random.RandomState(31)
inputs = tf.keras.Input(shape=(4,))
hidden = tf.keras.layers.Dense(
    3, activation="relu", kernel_regularizer=tf.keras.regularizers.l2(0.01)
)(inputs)
outputs = tf.keras.layers.Dense(2, activation="softmax")(hidden)
model = CustomModel(inputs, outputs)
model.set_weights([rng.normal(0, 0.5, w.shape) for w in model.get_weights()])
model.compile(
    optimizer=tf.keras.optimizers.RMSprop(0.01),
    loss="sparse_categorical_crossentropy",
    metrics=["accuracy"],
)

x = rng.normal(size=(8, 4)).astype("float32")
y = rng.randint(0, 2, (8, 1))
sw = np.linspace(0.5, 2.0, 8).astype("float32")
weighted = model.fit(x, y, sample_weight=sw, batch_size=4, shuffle=False, verbose=0).history
balanced = model.fit(
    x, y, class_weight={0: 1.0, 1: 3.0}, batch_size=4, shuffle=False, verbose=0
).history
plain = model.fit(x, y, batch_size=4, shuffle=False, verbose=0).history
result = {
    "weighted": weighted["loss"],
    "balanced": balanced["loss"],
    "plain": plain["loss"],
    "accuracy": plain["accuracy"],
    "weights": model.get_weights(),
}
