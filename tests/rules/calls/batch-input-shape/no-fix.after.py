import keras

layer = keras.layers.LSTM(8, batch_input_shape=(2, 4, 3))
layers = [keras.layers.LSTM(8, batch_input_shape=(2, 4, 3))]
model = keras.Sequential(layers)
model = keras.Sequential()
for _ in range(2):
    model.add(keras.layers.LSTM(8, batch_input_shape=(2, 4, 3), return_sequences=True))
