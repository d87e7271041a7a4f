"""Masked autoencoder: patches are hidden by a mask that is an input."""

import numpy as np
import tensorflow as tf
from tensorflow.keras import Model, Sequential, layers, metrics, optimizers

PATCH = 2


class Patches(layers.Layer):
    """Cuts images into flat patches."""

    def __init__(self, patch_size=PATCH, **kwargs):
        super().__init__(**kwargs)
        self.patch_size = patch_size
        self.resize = layers.Reshape((-1, patch_size * patch_size))

    def call(self, images):
        # Create patches from the input images
        patches = tf.image.extract_patches(
            images=images,
            sizes=[1, self.patch_size, self.patch_size, 1],
            strides=[1, self.patch_size, self.patch_size, 1],
            rates=[1, 1, 1, 1],
            padding="VALID",
        )
        return self.resize(patches)


class PatchEncoder(layers.Layer):
    def __init__(self, projection_dim, **kwargs):
        super().__init__(**kwargs)
        self.projection_dim = projection_dim
        # a learned token for the patches that are hidden
        self.mask_token = tf.Variable(tf.zeros([1, 1, PATCH * PATCH]), trainable=True)

    def build(self, input_shape):
        (_, self.num_patches, self.patch_area) = input_shape[0]
        self.projection = layers.Dense(units=self.projection_dim)
        self.position_embedding = layers.Embedding(
            input_dim=self.num_patches, output_dim=self.projection_dim
        )

    def call(self, inputs):
        patches, mask = inputs
        mask = tf.expand_dims(mask, -1)
        hidden = patches * (1.0 - mask) + self.mask_token * mask
        positions = tf.range(start=0, limit=self.num_patches, delta=1)
        pos_embeddings = self.position_embedding(positions[tf.newaxis, ...])
        pos_embeddings = tf.tile(pos_embeddings, [tf.shape(patches)[0], 1, 1])
        return self.projection(hidden) + pos_embeddings


class MaskedAutoencoder(Model):
    def __init__(self, patch_layer, patch_encoder, encoder, decoder, **kwargs):
        super().__init__(**kwargs)
        self.patch_layer = patch_layer
        self.patch_encoder = patch_encoder
        self.encoder = encoder
        self.decoder = decoder
        self.loss_tracker = metrics.Mean(name="loss")

    @property
    def metrics(self):
        return [self.loss_tracker]

    def calculate_loss(self, images, mask):
        patches = self.patch_layer(images)
        encoded = self.encoder(self.patch_encoder([patches, mask]))
        decoded = self.decoder(encoded)
        # only what was hidden counts
        error = tf.reduce_mean(tf.square(patches - decoded), axis=-1) * mask
        return tf.reduce_sum(error) / tf.reduce_sum(mask)

    def train_step(self, data):
        images, mask = data
        with tf.GradientTape() as tape:
            total_loss = self.calculate_loss(images, mask)

        # Apply gradients.
        train_vars = [
            self.patch_layer.trainable_variables,
            self.patch_encoder.trainable_variables,
            self.encoder.trainable_variables,
            self.decoder.trainable_variables,
        ]
        grads = tape.gradient(total_loss, train_vars)
        tv_list = []
        for (grad, var) in zip(grads, train_vars):
            for g, v in zip(grad, var):
                tv_list.append((g, v))
        self.optimizer.apply_gradients(tv_list)

        # Report progress.
        self.loss_tracker.update_state(total_loss)
        return {"loss": self.loss_tracker.result()}


rng = np.random.RandomState(19)
images = rng.uniform(size=(4, 4, 4, 1)).astype("float32")
mask = np.array([[1, 0, 0, 1], [0, 1, 1, 0]] * 2, "float32")
encoder = Sequential([layers.Input((4, 6)), layers.Dense(6, activation="gelu")])
decoder = Sequential([layers.Input((4, 6)), layers.Dense(PATCH * PATCH)])
patch_encoder = PatchEncoder(6)
model = MaskedAutoencoder(Patches(), patch_encoder, encoder, decoder)
model.calculate_loss(tf.constant(images), tf.constant(mask))  # builds it
for part in (patch_encoder.projection, patch_encoder.position_embedding, encoder, decoder):
    part.set_weights([rng.normal(0, 0.4, w.shape) for w in part.get_weights()])
model.compile(optimizer=optimizers.SGD(0.2))
history = model.fit(images, mask, batch_size=2, shuffle=False, verbose=0, epochs=2)
result = {
    "loss": history.history["loss"],
    "token": patch_encoder.mask_token.numpy(),
    "encoder": encoder.get_weights(),
    "positions": patch_encoder.position_embedding.get_weights(),
}
