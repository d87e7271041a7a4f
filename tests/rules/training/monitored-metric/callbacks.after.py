import tensorflow as tf
from tensorflow.keras.callbacks import EarlyStopping, ModelCheckpoint

callbacks = [
    EarlyStopping(monitor="val_dice", patience=3, mode="min"),
    EarlyStopping("val_masked_acc", mode="max"),
    EarlyStopping("val_left_loss", mode="min"),
    tf.keras.callbacks.ReduceLROnPlateau(
        monitor="val_left_loss",
        factor=0.5, mode="min",  # by half
    ),
    ModelCheckpoint("best.keras", "val_auc", save_best_only=True, mode="min"),
    ModelCheckpoint("best.keras", monitor="val_right_accuracy", save_best_only=True, mode="max"),
    EarlyStopping("val_recall", mode="min"),
    EarlyStopping("val_auc_1", mode="min"),
    EarlyStopping("val_prc", mode="min"),
]
metrics = [tf.keras.metrics.AUC(curve="PR", name="prc")]
