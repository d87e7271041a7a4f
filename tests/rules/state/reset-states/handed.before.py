import keras

model = keras.Sequential()
reset = model.reset_states
