import tensorflow as tf
from somewhere import Own, config, deserialize

dense = tf.keras.layers.Dense(3)
again = tf.keras.layers.deserialize(tf.keras.layers.serialize(dense))
again = tf.keras.layers.deserialize(config)
named = tf.keras.layers.deserialize({"class_name": config["name"], "config": {}})
full = tf.keras.layers.deserialize(
    {"module": "keras.layers", "class_name": "Dense", "config": {"units": 3}}
)
own = tf.keras.layers.deserialize({"class_name": "Own", "config": {}}, custom_objects={"Own": Own})
loss = tf.keras.losses.deserialize({"class_name": "MeanSquaredError", "config": {}})
other = deserialize({"class_name": "Dense", "config": {}})
removed = tf.keras.layers.deserialize({"class_name": "ThresholdedReLU", "config": {}})
