import tensorflow as tf
from tensorflow.keras import layers

dense = tf.keras.layers.deserialize({"module": "keras.layers", "class_name": "Dense", "config": {"units": 3}})
both = layers.deserialize(
    {
        "module": "keras.layers", "class_name": "Bidirectional",
        "config": {"layer": {"module": "keras.layers", "class_name": "LSTM", "config": {"units": 2}}},
    }
)
config = {
    "module": "keras.layers", "class_name": "Dense",
    "config": {"units": 3},
}
named = layers.deserialize(config)
