from keras import KerasTensor
from keras import KerasTensor as Symbolic
from keras.layers import Layer
from keras.src.engine.base_layer_utils import call_context  # K107
import keras
# K107


class Own(Layer):
    def call(self, inputs):
        assert not isinstance(inputs, (KerasTensor, Symbolic))
        return call_context(), keras.utils.unpack_x_y_sample_weight(inputs)
