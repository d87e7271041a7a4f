import tensorflow as tf
from tensorflow.keras import layers


def block(x, name, index):
    x = layers.Conv2D(3, 3, name=name + "/conv")(x)
    x = layers.BatchNormalization(name=name and name + "/bn")(x)
    x = layers.Activation("relu", name=f"{name}/relu/{index}")(x)
    return layers.Dropout(0.5, name="%s/drop/%d" % (name, index))(x)


inputs = tf.keras.Input((8, 8, 3), name="input/image")
model = tf.keras.Model(inputs, block(inputs, "first", 1), name="nets/small")
features = model.get_layer("first/relu/1").output, model.get_layer(name="first/bn")
optimizer = tf.keras.optimizers.SGD(name="sgd/slow")


class Scale(layers.Layer):
    def build(self, input_shape):
        self.scale = self.add_weight(name="scale/gamma", shape=())
