"""VQ-VAE: a quantiser with a straight-through estimator, and the model that trains it."""

import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers


class VectorQuantizer(layers.Layer):
    def __init__(self, num_embeddings, embedding_dim, beta=0.25, **kwargs):
        super().__init__(**kwargs)
        self.embedding_dim = embedding_dim
        self.num_embeddings = num_embeddings

        # The `beta` parameter is best kept between [0.25, 2] as per the paper.
        self.beta = beta

        # Initialize the embeddings which we will quantize.
        w_init = tf.random_uniform_initializer()
        self.embeddings = tf.Variable(
            initial_value=w_init(
                shape=(self.embedding_dim, self.num_embeddings), dtype="float32"
            ),
            trainable=True,
            name="embeddings_vqvae",
        )

    def call(self, x):
        # Flatten the inputs keeping `embedding_dim` intact.
        input_shape = tf.shape(x)
        flattened = tf.reshape(x, [-1, self.embedding_dim])

        # Quantization.
        encoding_indices = self.get_code_indices(flattened)
        encodings = tf.one_hot(encoding_indices, self.num_embeddings)
        quantized = tf.matmul(encodings, self.embeddings, transpose_b=True)

        # Reshape the quantized values back to the original input shape
        quantized = tf.reshape(quantized, input_shape)

        # Losses of codebook and commitment, added to the layer.
        commitment_loss = tf.reduce_mean((tf.stop_gradient(quantized) - x) ** 2)
        codebook_loss = tf.reduce_mean((quantized - tf.stop_gradient(x)) ** 2)
        self.add_loss(self.beta * commitment_loss + codebook_loss)

        # Straight-through estimator.
        quantized = x + tf.stop_gradient(quantized - x)
        return quantized

    def get_code_indices(self, flattened_inputs):
        # L2 distances between the inputs and the codes.
        similarity = tf.matmul(flattened_inputs, self.embeddings)
        distances = (
            tf.reduce_sum(flattened_inputs**2, axis=1, keepdims=True)
            + tf.reduce_sum(self.embeddings**2, axis=0)
            - 2 * similarity
        )
        return tf.argmin(distances, axis=1)


class VQVAETrainer(keras.models.Model):
    def __init__(self, vqvae, train_variance, **kwargs):
        super().__init__(**kwargs)
        self.train_variance = train_variance
        self.vqvae = vqvae
        self.total_loss_tracker = keras.metrics.Mean(name="total_loss")
        self.vq_loss_tracker = keras.metrics.Mean(name="vq_loss")

    @property
    def metrics(self):
        return [self.total_loss_tracker, self.vq_loss_tracker]

    def train_step(self, x):
        with tf.GradientTape() as tape:
            # Outputs from the VQ-VAE.
            reconstructions = self.vqvae(x)

            # Calculate the losses.
            reconstruction_loss = (
                tf.reduce_mean((x - reconstructions) ** 2) / self.train_variance
            )
            total_loss = reconstruction_loss + sum(self.vqvae.losses)

        # Backpropagation.
        grads = tape.gradient(total_loss, self.vqvae.trainable_variables)
        self.optimizer.apply_gradients(zip(grads, self.vqvae.trainable_variables))

        # Loss tracking.
        self.total_loss_tracker.update_state(total_loss)
        self.vq_loss_tracker.update_state(sum(self.vqvae.losses))
        return {
            "loss": self.total_loss_tracker.result(),
            "vqvae_loss": self.vq_loss_tracker.result(),
        }


inputs = keras.Input(shape=(6,))
encoded = layers.Dense(4, name="encoder")(inputs)
quantizer = VectorQuantizer(5, 2, name="vector_quantizer")
quantized = layers.Reshape((4,))(quantizer(layers.Reshape((2, 2))(encoded)))
outputs = layers.Dense(6, name="decoder")(quantized)
vqvae = keras.Model(inputs, outputs, name="vq_vae")

rng = np.random.RandomState(17)
for name in ("encoder", "decoder"):
    layer = vqvae.get_layer(name)
    layer.set_weights([rng.normal(0, 0.5, w.shape) for w in layer.get_weights()])
quantizer.embeddings.assign(rng.normal(size=(2, 5)).astype("float32"))

trainer = VQVAETrainer(vqvae, train_variance=0.5)
trainer.compile(optimizer=keras.optimizers.SGD(0.05))
x = rng.normal(size=(8, 6)).astype("float32")
history = trainer.fit(x, epochs=2, batch_size=8, shuffle=False, verbose=0).history
result = {
    "loss": history["loss"],
    "vq": history["vqvae_loss"],
    "codes": quantizer.embeddings.numpy(),
    "decoder": vqvae.get_layer("decoder").get_weights(),
    "trained": len(vqvae.trainable_variables),
}
