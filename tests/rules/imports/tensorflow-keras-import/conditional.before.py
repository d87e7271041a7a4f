import typing

try:
    import tensorflow.keras as keras
    from tensorflow.keras.layers import Dense
except ImportError:
    import keras
    from keras.layers import Dense

try:
    from tensorflow import keras as backend_keras
except (ImportError, ModuleNotFoundError):
    backend_keras = None

if typing.TYPE_CHECKING:
    from tensorflow.keras import Model
    from tensorflow.keras.callbacks import Callback


def late(name: "Model", callback: "Callback"):
    from tensorflow.keras.models import load_model

    if name:
        import tensorflow.keras.utils as utils
    else:
        utils = None
    return load_model, utils, keras.Input, Dense
