import tensorflow as tf

model = tf.keras.Sequential([tf.keras.layers.Dense(1)])
model.compile("sgd", "mse", metrics=["mae"])
values = [float(metric.result()) for metric in model.metrics]
for metric in model.metrics:
    print(metric.name, metric.result().numpy())
