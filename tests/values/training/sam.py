"""Sharpness-aware minimisation: two gradients a step, and the weights moved back between them."""

import numpy as np
import tensorflow as tf


class SAMModel(tf.keras.Model):
    def __init__(self, resnet_model, rho=0.05):
        """
        p, q = 2 for optimal results as suggested in the paper
        """
        super(SAMModel, self).__init__()
        self.resnet_model = resnet_model
        self.rho = rho

    def train_step(self, data):
        (images, labels) = data
        e_ws = []
        with tf.GradientTape() as tape:
            predictions = self.resnet_model(images)
            loss = self.compiled_loss(labels, predictions)
        trainable_params = self.resnet_model.trainable_variables
        gradients = tape.gradient(loss, trainable_params)
        grad_norm = self._grad_norm(gradients)
        scale = self.rho / (grad_norm + 1e-12)

        for (grad, param) in zip(gradients, trainable_params):
            e_w = grad * scale
            param.assign_add(e_w)
            e_ws.append(e_w)

        with tf.GradientTape() as tape:
            predictions = self.resnet_model(images)
            loss = self.compiled_loss(labels, predictions)

        sam_gradients = tape.gradient(loss, trainable_params)
        for (param, e_w) in zip(trainable_params, e_ws):
            param.assign_sub(e_w)

        self.optimizer.apply_gradients(
            zip(sam_gradients, trainable_params))

        self.compiled_metrics.update_state(labels, predictions)
        return {m.name: m.result() for m in self.metrics}

    def test_step(self, data):
        (images, labels) = data
        predictions = self.resnet_model(images, training=False)
        loss = self.compiled_loss(labels, predictions)
        self.compiled_metrics.update_state(labels, predictions)
        return {m.name: m.result() for m in self.metrics}

    def _grad_norm(self, gradients):
        norm = tf.norm(
            tf.stack([
                tf.norm(grad) for grad in gradients if grad is not None
            ])
        )
        return norm


rng = np.random.RandomState(139)
inner = tf.keras.Sequential(
    [
        tf.keras.Input((4,)),
        tf.keras.layers.Dense(5, activation="relu"),
        tf.keras.layers.Dense(3, activation="softmax"),
    ]
)
inner.set_weights([rng.normal(0, 0.5, w.shape) for w in inner.get_weights()])
model = SAMModel(inner, rho=0.1)
model.compile(optimizer=tf.keras.optimizers.SGD(0.1), loss="categorical_crossentropy", metrics=["mae"])
x = rng.normal(size=(8, 4)).astype("float32")
y = np.eye(3, dtype="float32")[rng.randint(0, 3, 8)]
history = model.fit(
    tf.data.Dataset.from_tensor_slices((x, y)).batch(4),
    validation_data=(x, y),
    verbose=0,
).history
result = {
    "loss": history["loss"],
    "mae": history["mae"],
    "val_mae": history["val_mae"],
    "weights": inner.get_weights(),
}
