"""An autoencoder with `test_step` and `predict_step` of its own."""
import numpy as np
import tensorflow as tf
from tensorflow.keras import Model, Sequential, layers, losses


class AnomalyDetector(Model):
    def __init__(self, threshold=0.5):
        super(AnomalyDetector, self).__init__()
        self.threshold = threshold
        self.encoder = Sequential([
            layers.Dense(4, activation="relu"),
            layers.Dense(2, activation="relu")])

        self.decoder = Sequential([
            layers.Dense(4, activation="relu"),
            layers.Dense(5, activation="sigmoid")])

    def call(self, x):
        encoded = self.encoder(x)
        decoded = self.decoder(encoded)
        return decoded

    def test_step(self, data):
        # (x, y): what is reconstructed and what it should have been
        x, y = data
        # Compute predictions
        y_pred = self(x, training=False)
        # Updates the metrics tracking the loss
        self.compiled_loss(y, y_pred, regularization_losses=self.losses)
        # Update the metrics.
        self.compiled_metrics.update_state(y, y_pred)
        # Return a dict mapping metric names to current value.
        return {m.name: m.result() for m in self.metrics}

    def predict_step(self, data):
        # Only the score, and whether it is an anomaly
        x = data[0] if isinstance(data, tuple) else data
        error = tf.reduce_mean(tf.abs(self(x, training=False) - x), axis=-1)
        return {"error": error, "anomaly": tf.cast(error > self.threshold, tf.int32)}


rng = np.random.RandomState(89)
x = rng.uniform(size=(8, 5)).astype("float32")
autoencoder = AnomalyDetector(0.25)
autoencoder.build((None, 5))
autoencoder.set_weights([rng.normal(0, 0.8, w.shape) for w in autoencoder.get_weights()])
autoencoder.compile(optimizer="adam", loss=losses.MeanAbsoluteError(), metrics=["mse"])
history = autoencoder.fit(
    x, x, epochs=1, batch_size=4, validation_data=(x, x), shuffle=False, verbose=0
).history
predicted = autoencoder.predict(x, verbose=0)
result = {
    "loss": history["loss"],
    "mse": history["mse"],
    "val_loss": history["val_loss"],
    "val_mse": history["val_mse"],
    "error": predicted["error"],
    "anomaly": predicted["anomaly"].tolist(),
    "weights": autoencoder.get_weights(),
}
