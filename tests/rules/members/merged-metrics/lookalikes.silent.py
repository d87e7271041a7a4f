import keras


class Own(keras.metrics.Mean):
    def merge_state(self, others):
        return others


class Board:
    def merge_state(self, others):
        return others


Board().merge_state([1])


def merged(metric, others):
    metric.merge_state(others)
