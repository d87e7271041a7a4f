import tensorflow as tf
from tensorflow.keras.callbacks import EarlyStopping, ModelCheckpoint

model = tf.keras.Sequential([tf.keras.layers.Dense(1, activation="sigmoid")])
model.compile("sgd", "mse", metrics=["accuracy", "auc", 'root_mean_squared_error'])
model.compile("sgd", "mse", weighted_metrics=["f1_score", "KLDivergence"])
stop = EarlyStopping(monitor="val_accuracy", patience=2)
keep = ModelCheckpoint("best.keras", "val_accuracy")
history = model.fit(x, y, callbacks=[stop, keep])
print(model.history.history["accuracy"])
print(history.history["accuracy"][-1], history.history['val_accuracy'])
