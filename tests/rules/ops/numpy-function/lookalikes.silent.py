import keras
import numpy as np
import tensorflow as tf

model = keras.Sequential([keras.layers.Dense(2)])
x = np.ones((3, 2))

mean = np.mean(model.predict(x), axis=0)
array = np.asarray(x)
number = np.sqrt(2.0)


def picture(path):
    image = tf.io.decode_png(path)
    return tf.numpy_function(np.flip, [image], tf.uint8), np.shape(image)


data = tf.data.Dataset.from_tensor_slices(["a.png"]).map(picture)
