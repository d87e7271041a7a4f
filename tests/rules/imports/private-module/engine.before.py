from tensorflow.python.keras.engine import data_adapter


def step(data):
    # as fit gives them
    return data_adapter.unpack_x_y_sample_weight(data)
