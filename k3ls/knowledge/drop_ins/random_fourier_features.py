"""Random Fourier features."""

import keras


@keras.utils.register_keras_serializable(__name__)
class RandomFourierFeatures(keras.layers.Layer):
    """Features whose products come near to a kernel function of the inputs."""

    def __init__(
        self,
        output_dim,
        kernel_initializer="gaussian",
        scale=None,
        trainable=False,
        name=None,
        **kwargs,
    ):
        super().__init__(trainable=trainable, name=name, **kwargs)
        if isinstance(kernel_initializer, str):
            kernel_initializer = kernel_initializer.lower()
            if kernel_initializer not in ("gaussian", "laplacian"):
                raise ValueError(f"no kernel_initializer: {kernel_initializer!r}")
        if output_dim <= 0 or (scale is not None and scale <= 0):
            raise ValueError("output_dim and scale are positive")
        self.output_dim = output_dim
        self.kernel_initializer = kernel_initializer
        self.scale = scale

    def build(self, input_shape):
        dimension = input_shape[-1]
        if len(input_shape) != 2 or dimension is None:
            raise ValueError(f"inputs are (batch, dimension), not {tuple(input_shape)}")
        initializer = self.kernel_initializer
        scale = 1.0
        if initializer == "gaussian":
            initializer = keras.initializers.RandomNormal(stddev=1.0)
            scale = (dimension / 2.0) ** 0.5
        elif initializer == "laplacian":
            initializer = self._cauchy
        if self.scale is None:
            self.scale = scale
        self.unscaled_kernel = self.add_weight(
            shape=(dimension, self.output_dim),
            initializer=initializer,
            dtype="float32",
            trainable=False,
            name="unscaled_kernel",
        )
        self.bias = self.add_weight(
            shape=(self.output_dim,),
            initializer=keras.initializers.RandomUniform(0.0, 2 * 3.141592653589793),
            dtype="float32",
            trainable=False,
            name="bias",
        )
        self.kernel_scale = self.add_weight(
            shape=(1,),
            initializer=keras.initializers.Constant(self.scale),
            dtype="float32",
            trainable=True,
            constraint="non_neg",
            name="kernel_scale",
        )
        super().build(input_shape)

    def _cauchy(self, shape, dtype=None):
        uniform = keras.random.uniform(shape, dtype=dtype)
        return keras.ops.tan(3.141592653589793 * (uniform - 0.5))

    def call(self, inputs):
        inputs = keras.ops.cast(inputs, "float32")
        kernel = self.unscaled_kernel / self.kernel_scale
        return keras.ops.cos(keras.ops.matmul(inputs, kernel) + self.bias)

    def compute_output_shape(self, input_shape):
        return (*input_shape[:-1], self.output_dim)

    def get_config(self):
        initializer = self.kernel_initializer
        if not isinstance(initializer, str):
            initializer = keras.initializers.serialize(initializer)
        return {
            **super().get_config(),
            "output_dim": self.output_dim,
            "kernel_initializer": initializer,
            "scale": self.scale,
        }
