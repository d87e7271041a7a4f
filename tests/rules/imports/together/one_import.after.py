from keras.layers import Layer
import tensorflow as tf
import keras


class Total(Layer):
    def call(self, x):
        return tf.custom_op(keras.ops.sum(x))


total = keras.ops.sum(Total()([1.0]))
print(keras.ops.convert_to_numpy(total))
