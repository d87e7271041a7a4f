import tensorflow as tf
from somewhere import Report
from tensorflow.keras.callbacks import EarlyStopping

model = tf.keras.Sequential([tf.keras.layers.Dense(1)])
model.compile("sgd", "mse", metrics=["accuracy", "mae", "MSE", "auc", "Accuracy"])
model.compile("sgd", "MeanSquaredError", metrics={"a": "acc"})
model.compile("sgd", "mse", metrics=[tf.keras.metrics.AUC(), tf.keras.metrics.Recall(name="Recall")])
stop = EarlyStopping(monitor="val_acc", patience=2)
history = model.fit(x, y, callbacks=[stop])
print(history.history["acc"], history.history["accuracy"], history.epoch)

report = Report()
report.compile(metrics="AUC of it")
