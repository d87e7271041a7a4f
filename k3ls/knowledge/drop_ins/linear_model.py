"""A linear model of one or more inputs."""

import keras


@keras.utils.register_keras_serializable(__name__)
class LinearModel(keras.Model):
    """The sum of a dense layer for each input, with one bias."""

    def __init__(
        self,
        units=1,
        activation=None,
        use_bias=True,
        kernel_initializer="zeros",
        bias_initializer="zeros",
        kernel_regularizer=None,
        bias_regularizer=None,
        **kwargs,
    ):
        super().__init__(**kwargs)
        self.units = units
        self.activation = keras.activations.get(activation)
        self.use_bias = use_bias
        self.kernel_initializer = keras.initializers.get(kernel_initializer)
        self.bias_initializer = keras.initializers.get(bias_initializer)
        self.kernel_regularizer = keras.regularizers.get(kernel_regularizer)
        self.bias_regularizer = keras.regularizers.get(bias_regularizer)

    def build(self, input_shape):
        if isinstance(input_shape, dict):
            shapes = [input_shape[name] for name in sorted(input_shape)]
            names = sorted(input_shape)
        elif input_shape and isinstance(input_shape[0], (list, tuple)):
            shapes, names = input_shape, [None] * len(input_shape)
        else:
            shapes, names = [input_shape], [None]
        self.dense_layers = []
        for shape, name in zip(shapes, names):
            layer = keras.layers.Dense(
                self.units,
                use_bias=False,
                kernel_initializer=self.kernel_initializer,
                kernel_regularizer=self.kernel_regularizer,
                name=name,
            )
            layer.build(shape)
            self.dense_layers.append(layer)
        self.bias = None
        if self.use_bias:
            self.bias = self.add_weight(
                shape=(self.units,),
                initializer=self.bias_initializer,
                regularizer=self.bias_regularizer,
                name="bias",
            )
        self.built = True

    def call(self, inputs):
        if isinstance(inputs, dict):
            inputs = [inputs[layer.name] for layer in self.dense_layers]
        elif not isinstance(inputs, (list, tuple)):
            inputs = [inputs]
        outputs = sum(layer(one) for layer, one in zip(self.dense_layers, inputs))
        if self.bias is not None:
            outputs = outputs + self.bias
        return self.activation(outputs)

    def get_config(self):
        return {
            "name": self.name,
            "units": self.units,
            "activation": keras.activations.serialize(self.activation),
            "use_bias": self.use_bias,
            "kernel_initializer": keras.initializers.serialize(self.kernel_initializer),
            "bias_initializer": keras.initializers.serialize(self.bias_initializer),
            "kernel_regularizer": keras.regularizers.serialize(self.kernel_regularizer),
            "bias_regularizer": keras.regularizers.serialize(self.bias_regularizer),
        }

    @classmethod
    def from_config(cls, config, custom_objects=None):
        return cls(**config)
