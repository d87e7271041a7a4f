import keras


class Block(keras.layers.Layer):
    def call(self, inputs, training=None):
        return inputs

    def attend(self, inputs, training):
        return inputs


class Flag(keras.layers.Layer):
    def call(self, inputs, training: bool = False, **kwargs):
        return inputs


class Loss(keras.losses.Loss):
    def call(self, y_true, training):
        return y_true


class Plain:
    def call(self, inputs, training):
        return inputs


def call(inputs, training):
    return inputs
