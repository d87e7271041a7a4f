# A stack of highway layers, in the manner of Keras 1.
from tensorflow.keras.layers import Activation, Add, Dense, Input, Lambda, Layer, Multiply
from tensorflow.keras.models import Model
from tensorflow.keras.initializers import Constant
from tensorflow.keras import backend as K
import numpy as np


def highway_layers(value, n_layers, activation="tanh", gate_bias=-3):
    dim = K.int_shape(value)[-1]
    gate_bias_initializer = Constant(gate_bias)
    for i in range(n_layers):
        gate = Dense(units=dim, bias_initializer=gate_bias_initializer)(value)
        gate = Activation("sigmoid")(gate)
        negated_gate = Lambda(
            lambda x: 1.0 - x,
            output_shape=(dim,))(gate)
        transformed = Dense(units=dim)(value)
        transformed = Activation(activation)(transformed)
        transformed_gated = Multiply()([gate, transformed])
        identity_gated = Multiply()([negated_gate, value])
        value = Add()([transformed_gated, identity_gated])
    return value


class Highway(Layer):
    activation = None
    transform_gate_bias = None

    def __init__(self, activation='relu', transform_gate_bias=-1, **kwargs):
        self.activation = activation
        self.transform_gate_bias = transform_gate_bias
        super(Highway, self).__init__(**kwargs)

    def build(self, input_shape):
        # Create a trainable weight variable for this layer.
        dim = input_shape[-1]
        transform_gate_bias_initializer = Constant(self.transform_gate_bias)
        self.dense_1 = Dense(units=dim, bias_initializer=transform_gate_bias_initializer)
        self.dense_1.build(input_shape)
        self.dense_2 = Dense(units=dim)
        self.dense_2.build(input_shape)
        self._trainable_weights = self.dense_1.trainable_weights + self.dense_2.trainable_weights

        super(Highway, self).build(input_shape)  # Be sure to call this at the end

    def call(self, x):
        dim = K.int_shape(x)[-1]
        transform_gate = self.dense_1(x)
        transform_gate = Activation("sigmoid")(transform_gate)
        carry_gate = Lambda(lambda x: 1.0 - x, output_shape=(dim,))(transform_gate)
        transformed_data = self.dense_2(x)
        transformed_data = Activation(self.activation)(transformed_data)
        transformed_gated = Multiply()([transform_gate, transformed_data])
        identity_gated = Multiply()([carry_gate, x])
        value = Add()([transformed_gated, identity_gated])
        return value

    def compute_output_shape(self, input_shape):
        return input_shape

    def get_config(self):
        config = super().get_config()
        config['activation'] = self.activation
        config['transform_gate_bias'] = self.transform_gate_bias
        return config


inp = Input(shape=(4,))
out = Dense(1)(Highway()(highway_layers(inp, 2)))
model = Model(inp, out)
rng = np.random.RandomState(47)
for w in model.trainable_weights:
    K.set_value(w, rng.normal(0, 0.5, K.int_shape(w)))
model.compile("adam", "mse")
x = rng.normal(size=(8, 4))
y = x.prod(axis=1, keepdims=True)
history = model.fit(x, y, batch_size=4, shuffle=False, verbose=0)
result = {
    "loss": history.history["loss"],
    "predicted": model.predict(x, verbose=0),
    "count": len(model.trainable_weights),
}
