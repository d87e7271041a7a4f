import typing

try:
    import keras
    from keras.layers import Dense
except ImportError:
    import keras
    from keras.layers import Dense

try:
    import keras as backend_keras
except (ImportError, ModuleNotFoundError):
    backend_keras = None

if typing.TYPE_CHECKING:
    from keras import Model
    from keras.callbacks import Callback


def late(name: "Model", callback: "Callback"):
    from keras.models import load_model

    if name:
        import keras.utils as utils
    else:
        utils = None
    return load_model, utils, keras.Input, Dense
