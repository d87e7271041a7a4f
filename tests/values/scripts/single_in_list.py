"""Models with one output in a list, and what is built on them."""

import numpy as np
import tensorflow as tf
from tensorflow.keras.layers import Dense
from tensorflow.keras.models import Model

x = np.linspace(-1.0, 1.0, 12).reshape(4, 3).astype("float32")
inputs = tf.keras.Input((3,))
base = Model(inputs=[inputs], outputs=[Dense(2, kernel_initializer="ones")(inputs)])
head = Dense(1, kernel_initializer="ones")(base.output)
whole = Model(base.input, [head])
outer = tf.keras.Input((3,))
around = Model(outer, [Dense(1, kernel_initializer="ones")(base(outer))])
around.compile(tf.keras.optimizers.SGD(0.1), "mse")
around.fit([x], [x[:, :1]], batch_size=2, shuffle=False, verbose=0)
result = {
    "base": base.predict(x, verbose=0),
    "whole": whole.predict([x], verbose=0),
    "around": around.predict(x, verbose=0),
    "evaluated": round(around.evaluate(x, x[:, :1], verbose=0), 4),
    "shapes": [tuple(base.input.shape), tuple(base.output_shape), tuple(base.output.shape), tuple(whole.output_shape)],
}
