"""Temporal convolutional network: dilated causal blocks, gated as in WaveNet."""

from typing import List

import numpy as np
import tensorflow as tf
from tensorflow.keras import backend as K, Model, Input, optimizers
from tensorflow.keras import layers
from tensorflow.keras.layers import Activation, Conv1D, Dense, Lambda, Layer, SpatialDropout1D


class ResidualBlock(Layer):
    """Defines the residual block for the WaveNet TCN."""

    def __init__(
        self, dilation_rate: int, nb_filters: int, kernel_size: int, dropout_rate: float = 0, **kwargs
    ):
        self.dilation_rate = dilation_rate
        self.nb_filters = nb_filters
        self.kernel_size = kernel_size
        self.dropout_rate = dropout_rate
        self.layers = []
        self.shape_match_conv = None
        self.res_output_shape = None
        self.final_activation = None
        super(ResidualBlock, self).__init__(**kwargs)

    def _build_layer(self, layer):
        """Helper function for building layer
        Args:
            layer: Appends layer to internal layer list and builds it based on the current output
                   shape of ResidualBlock. Updates current output shape.
        """
        self.layers.append(layer)
        self.layers[-1].build(self.res_output_shape)
        self.res_output_shape = self.layers[-1].compute_output_shape(self.res_output_shape)

    def build(self, input_shape):
        with K.name_scope(self.name):  # name scope used to make sure weights get unique names
            self.layers = []
            self.res_output_shape = input_shape

            for k in range(2):
                name = 'conv1D_{}'.format(k)
                with K.name_scope(name):  # name scope used to make sure weights get unique names
                    self._build_layer(
                        Conv1D(
                            filters=self.nb_filters,
                            kernel_size=self.kernel_size,
                            dilation_rate=self.dilation_rate,
                            padding='causal',
                            name=name,
                        )
                    )
                self._build_layer(Activation('relu', name='Act_Conv1D_{}'.format(k)))
                self._build_layer(SpatialDropout1D(rate=self.dropout_rate, name='SDropout_{}'.format(k)))

            if self.nb_filters != input_shape[-1]:
                # 1x1 conv to match the shapes (channel dimension).
                name = 'matching_conv1D'
                self.shape_match_conv = Conv1D(
                    filters=self.nb_filters, kernel_size=1, padding='same', name=name
                )
            else:
                name = 'matching_identity'
                self.shape_match_conv = Lambda(lambda x: x, name=name)

            with K.name_scope(name):
                self.shape_match_conv.build(input_shape)
                self.res_output_shape = self.shape_match_conv.compute_output_shape(input_shape)

            self._build_layer(Activation('relu', name='Act_Conv_Blocks'))
            self.final_activation = Activation('relu', name='Act_Res_Block')
            self.final_activation.build(self.res_output_shape)  # probably isn't necessary

            # this is done to force Keras to add the layers in the list to self._layers
            for layer in self.layers:
                self.__setattr__(layer.name, layer)
            self.__setattr__(self.shape_match_conv.name, self.shape_match_conv)
            self.__setattr__(self.final_activation.name, self.final_activation)

            super(ResidualBlock, self).build(input_shape)  # done to make sure self.built is set True

    def call(self, inputs, training=None, **kwargs):
        """
        Returns: A tuple where the first element is the residual model tensor, and the second
                 is the skip connection tensor.
        """
        x1 = inputs
        for layer in self.layers:
            training_flag = isinstance(layer, SpatialDropout1D)
            x1 = layer(x1, training=training) if training_flag else layer(x1)
        x2 = self.shape_match_conv(inputs)
        x1_x2 = self.final_activation(layers.add([x2, x1], name='Add_Res'))
        return [x1_x2, x1]

    def compute_output_shape(self, input_shape):
        return [self.res_output_shape, self.res_output_shape]


class GatedBlock(Layer):
    def __init__(self, channels: int, dilations: List[int] = (1, 2)):
        super().__init__()
        self.filters = [Conv1D(channels, 2, dilation_rate=d, padding="causal") for d in dilations]
        self.gates = [Conv1D(channels, 2, dilation_rate=d, padding="causal") for d in dilations]

    def call(self, inputs):
        x = inputs
        skips = []
        for filtered, gate in zip(self.filters, self.gates):
            z = tf.tanh(filtered(x)) * tf.sigmoid(gate(x))
            skips.append(z)
            x = x + z
        return tf.nn.relu(sum(skips))


i = Input(shape=(8, 1))
x, skip = ResidualBlock(1, 3, 2)(i)
x, _ = ResidualBlock(2, 3, 2)(x)
x = GatedBlock(3)(layers.add([x, skip]))
x = Lambda(lambda tt: tt[:, -1, :])(x)
model = Model(i, Dense(1)(x))
rng = np.random.RandomState(127)
for w in model.trainable_weights:
    w.assign(rng.normal(0, 0.4, w.shape))
model.compile(optimizer=optimizers.SGD(0.05), loss="mse")
series = rng.normal(size=(8, 8, 1)).astype("float32")
target = series.sum(axis=1)
history = model.fit(series, target, batch_size=4, shuffle=False, verbose=0)
result = {
    "loss": history.history["loss"],
    "predicted": model.predict(series, verbose=0),
    "count": len(model.trainable_weights),
}
