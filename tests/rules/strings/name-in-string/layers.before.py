from tensorflow.keras.layers import Conv2D, Dense

layers = [
    Dense(3, activation="LeakyReLU"),
    Conv2D(3, 3, activation="PReLU"),
    Dense(3, "ReLU"),
    Dense(3, "relu"),
]
