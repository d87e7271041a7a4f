from tensorflow import keras
from tensorflow.keras.callbacks import ReduceLROnPlateau

model = keras.Sequential()
history = model.fit([], callbacks=[ReduceLROnPlateau()])
one = history.history["lr"]
two = model.fit([], callbacks=[ReduceLROnPlateau()]).history['lr'][-1]
three = model.history.history["lr"]
four = history.history.get("lr")
if "lr" in history.history:
    five = history.history["loss"]
