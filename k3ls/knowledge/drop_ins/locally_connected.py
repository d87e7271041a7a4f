"""Convolutions with a kernel of their own for each output position."""

import keras


class _LocallyConnected(keras.layers.Layer):
    """A convolution with a kernel of its own for each output position.

    The implementations differ in the shape of the kernel: what each output position is made from
    (1), all inputs by all outputs (2), those of them that are connected (3).
    """

    def __init__(
        self,
        filters,
        kernel_size,
        strides=1,
        padding="valid",
        data_format=None,
        activation=None,
        use_bias=True,
        kernel_initializer="glorot_uniform",
        bias_initializer="zeros",
        kernel_regularizer=None,
        bias_regularizer=None,
        activity_regularizer=None,
        kernel_constraint=None,
        bias_constraint=None,
        implementation=1,
        **kwargs,
    ):
        super().__init__(activity_regularizer=activity_regularizer, **kwargs)
        self.filters = filters
        self.kernel_size = self._tuple(kernel_size)
        self.strides = self._tuple(strides)
        self.padding = padding.lower()
        self.data_format = data_format or keras.config.image_data_format()
        self.activation = keras.activations.get(activation)
        self.use_bias = use_bias
        self.kernel_initializer = keras.initializers.get(kernel_initializer)
        self.bias_initializer = keras.initializers.get(bias_initializer)
        self.kernel_regularizer = keras.regularizers.get(kernel_regularizer)
        self.bias_regularizer = keras.regularizers.get(bias_regularizer)
        self.kernel_constraint = keras.constraints.get(kernel_constraint)
        self.bias_constraint = keras.constraints.get(bias_constraint)
        self.implementation = implementation
        if implementation == 1 and self.padding != "valid":
            raise ValueError('implementation=1 takes padding="valid" only')

    def build(self, input_shape):
        import numpy as np

        channels, sizes = self._split(input_shape)
        if channels is None or None in sizes:
            raise ValueError(f"only the batch size may be unknown, not {tuple(input_shape)}")
        lengths = self._lengths(sizes)
        outputs, inputs = int(np.prod(lengths)), int(np.prod(sizes))
        self._inputs, self._outputs = inputs, outputs
        connected = np.ones((), bool)
        for length, size, width, stride in zip(lengths, sizes, self.kernel_size, self.strides):
            first = np.arange(length)[:, None] * stride
            if self.padding == "same":
                first -= width // 2
            steps = np.arange(size) - first
            connected = np.multiply.outer(connected, (steps >= 0) & (steps < width))
        axes = range(connected.ndim)
        connected = connected.transpose([*axes[::2], *axes[1::2]])
        if self.implementation == 1:
            positions = connected.reshape(outputs, inputs).nonzero()[1].reshape(outputs, -1)
            self._positions = positions.tolist()
            shape = (outputs, positions.shape[1] * channels, self.filters)
        else:
            connected = np.multiply.outer(connected, np.ones((self.filters, channels), bool))
            axes = range(connected.ndim)
            into, out = axes[len(lengths) : -2], axes[: len(lengths)]
            order = (*self._join(axes[-1], into), *self._join(axes[-2], out))
            connected = connected.transpose(order)
            shape = connected.shape
            connected = connected.reshape(inputs * channels, outputs * self.filters)
            if self.implementation == 2:
                self._mask = connected.astype("float32")
            else:
                self._pairs = np.argwhere(connected.T)
                shape = (len(self._pairs),)
        self.kernel = self.add_weight(
            shape=shape,
            initializer=self.kernel_initializer,
            name="kernel",
            regularizer=self.kernel_regularizer,
            constraint=self.kernel_constraint,
        )
        self.bias = None
        if self.use_bias:
            self.bias = self.add_weight(
                shape=(*lengths, self.filters),
                initializer=self.bias_initializer,
                name="bias",
                regularizer=self.bias_regularizer,
                constraint=self.bias_constraint,
            )
        super().build(input_shape)

    def call(self, inputs):
        ops = keras.ops
        channels, sizes = self._split(inputs.shape)
        lengths = self._lengths(sizes)
        channels_first = self.data_format == "channels_first"
        kernel = ops.convert_to_tensor(self.kernel)
        if self.implementation == 1:
            if channels_first:
                flat = ops.reshape(inputs, (-1, channels, self._inputs))
                flat = ops.transpose(flat, (0, 2, 1))
            else:
                flat = ops.reshape(inputs, (-1, self._inputs, channels))
            index = ops.convert_to_tensor(self._positions, "int32")
            patches = ops.take(flat, index, axis=1)
            if channels_first:
                patches = ops.transpose(patches, (0, 1, 3, 2))
            patches = ops.reshape(patches, (-1, *kernel.shape[:2]))
            outputs = ops.einsum("bok,okf->bof", patches, kernel)
            if channels_first:
                outputs = ops.transpose(outputs, (0, 2, 1))
        else:
            flat = ops.reshape(inputs, (-1, channels * self._inputs))
            shape = (flat.shape[1], self.filters * self._outputs)
            if self.implementation == 2:
                kernel = ops.reshape(kernel, shape) * ops.cast(self._mask, kernel.dtype)
            else:
                kernel = ops.transpose(ops.scatter(self._pairs, kernel, shape[::-1]))
            outputs = ops.matmul(flat, kernel)
        outputs = ops.reshape(outputs, (-1, *self._join(self.filters, lengths)))
        if self.bias is not None:
            outputs += ops.reshape(self.bias, (1, *self._join(self.filters, lengths)))
        return self.activation(outputs)

    def compute_output_shape(self, input_shape):
        _, sizes = self._split(input_shape)
        return (input_shape[0], *self._join(self.filters, self._lengths(sizes)))

    def get_config(self):
        return {
            **super().get_config(),
            "filters": self.filters,
            "kernel_size": self.kernel_size,
            "strides": self.strides,
            "padding": self.padding,
            "data_format": self.data_format,
            "activation": keras.activations.serialize(self.activation),
            "use_bias": self.use_bias,
            "kernel_initializer": keras.initializers.serialize(self.kernel_initializer),
            "bias_initializer": keras.initializers.serialize(self.bias_initializer),
            "kernel_regularizer": keras.regularizers.serialize(self.kernel_regularizer),
            "bias_regularizer": keras.regularizers.serialize(self.bias_regularizer),
            "activity_regularizer": keras.regularizers.serialize(self.activity_regularizer),
            "kernel_constraint": keras.constraints.serialize(self.kernel_constraint),
            "bias_constraint": keras.constraints.serialize(self.bias_constraint),
            "implementation": self.implementation,
        }

    def _tuple(self, value):
        return (value,) * self.rank if isinstance(value, int) else tuple(value)

    def _lengths(self, sizes):
        """The sizes of the outputs, for inputs of `sizes`."""
        return tuple(
            -(-(size if self.padding == "same" else size - width + 1) // stride)
            for size, width, stride in zip(sizes, self.kernel_size, self.strides)
        )

    def _split(self, shape):
        """The number of channels, and the sizes of the axes that are no channels."""
        if self.data_format == "channels_first":
            return shape[1], tuple(shape[2:])
        return shape[-1], tuple(shape[1:-1])

    def _join(self, channels, sizes):
        if self.data_format == "channels_first":
            return (channels, *sizes)
        return (*sizes, channels)


@keras.utils.register_keras_serializable(__name__)
class LocallyConnected1D(_LocallyConnected):
    """A convolution over time with a kernel of its own for each output position."""

    rank = 1


@keras.utils.register_keras_serializable(__name__)
class LocallyConnected2D(_LocallyConnected):
    """A convolution over images with a kernel of its own for each output position."""

    rank = 2
