import keras


class Own(keras.layers.Layer):
    def __init__(self, time_major=False):
        super().__init__()
        self.time_major = time_major


Own(time_major=True)
keras.layers.LSTM(8)
unknown.GRU(8, time_major=True)
