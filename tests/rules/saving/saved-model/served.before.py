import tensorflow as tf

model = tf.keras.Sequential([tf.keras.layers.Dense(1)])
model.save("served/model")
serving = tf.saved_model.load("served/model")
