import tensorflow as tf
from tensorflow.keras import layers

dense = tf.keras.layers.deserialize({"class_name": "Dense", "config": {"units": 3}})
both = layers.deserialize(
    {
        "class_name": "Bidirectional",
        "config": {"layer": {"class_name": "LSTM", "config": {"units": 2}}},
    }
)
config = {
    "class_name": "Dense",
    "config": {"units": 3},
}
named = layers.deserialize(config)
