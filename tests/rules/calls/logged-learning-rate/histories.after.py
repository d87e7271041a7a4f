from tensorflow import keras
from tensorflow.keras.callbacks import ReduceLROnPlateau

model = keras.Sequential()
history = model.fit([], callbacks=[ReduceLROnPlateau()])
one = history.history["learning_rate"]
two = model.fit([], callbacks=[ReduceLROnPlateau()]).history['learning_rate'][-1]
three = model.history.history["learning_rate"]
four = history.history.get("learning_rate")
if "learning_rate" in history.history:
    five = history.history["loss"]
