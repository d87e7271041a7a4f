import tensorflow as tf
from somewhere import EarlyStopping as Own
from somewhere import SetMetric, monitor, options
from tensorflow.keras.callbacks import EarlyStopping, ModelCheckpoint, ReduceLROnPlateau, TensorBoard


class MyAuc(tf.keras.metrics.AUC):
    def __init__(self):
        super().__init__(name="my_auc")


class Stopping(EarlyStopping):
    def __init__(self):
        super().__init__(monitor="val_dice")


callbacks = [
    EarlyStopping(),
    EarlyStopping(patience=3),
    EarlyStopping(monitor="val_loss"),
    EarlyStopping("loss"),
    EarlyStopping("val_accuracy"),
    EarlyStopping("val_acc"),
    EarlyStopping("val_auc"),
    EarlyStopping("val_mae", patience=3),
    EarlyStopping("val_dice", mode="max"),
    EarlyStopping("val_dice", 0, 3, 0, "max"),
    EarlyStopping(monitor=monitor),
    EarlyStopping(monitor=f"val_{monitor}"),
    EarlyStopping(**options),
    ReduceLROnPlateau(monitor="val_sparse_categorical_accuracy"),
    ModelCheckpoint("best.keras"),
    ModelCheckpoint("best.keras", monitor="val_loss", save_best_only=True),
    ModelCheckpoint("best.keras", monitor="val_dice", mode=options["mode"]),
    EarlyStopping("val_my_auc"),
    EarlyStopping("val_set"),
    Own("val_dice"),
    TensorBoard("logs"),
]
metrics = [SetMetric(name="set")]
