from tensorflow.keras import backend as K
from tensorflow.keras.layers import Layer


class Drop(Layer):
    def call(self, inputs, training=None):
        def dropped():
            return K.dropout(inputs, 0.5)

        scaled = K.in_train_phase(lambda: inputs * 2, inputs)
        kept = inputs + K.in_test_phase(scaled, dropped, training=training)
        return K.in_train_phase(
            dropped,
            kept,
            training=training,
        )


class Noise(Layer):
    def call(self, inputs):
        # Left alone: there is no `training`, or a comment would be lost.
        doubled = K.in_train_phase(inputs * 2, inputs)
        return K.in_train_phase(
            doubled,  # twice
            inputs,
            training=1,
        )
