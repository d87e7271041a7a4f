"""A dueling double DQN agent whose steps are trained with `train_on_batch`, and its target net."""

import random
from collections import deque

import numpy as np
from tensorflow.keras import backend as K
from tensorflow.keras.layers import Add, Dense, Input, Lambda
from tensorflow.keras.models import Model
from tensorflow.keras.optimizers import Adam


def huber_loss(y_true, y_pred, clip_delta=1.0):
    error = y_true - y_pred
    cond = K.abs(error) <= clip_delta
    squared_loss = 0.5 * K.square(error)
    quadratic_loss = 0.5 * K.square(clip_delta) + clip_delta * (K.abs(error) - clip_delta)
    return K.mean(K.switch(cond, squared_loss, quadratic_loss))


class DQNAgent:
    def __init__(self, state_size, action_size):
        self.state_size = state_size
        self.action_size = action_size
        self.memory = deque(maxlen=2000)
        self.gamma = 0.95    # discount rate
        self.epsilon = 0.0  # exploration rate
        self.learning_rate = 0.01
        self.model = self._build_model()
        self.target_model = self._build_model()
        self.update_target_model()

    def _build_model(self):
        # Neural Net for Deep-Q learning Model
        state = Input(shape=(self.state_size,))
        x = Dense(6, activation='relu')(state)
        # dueling heads
        value = Dense(1)(x)
        value = Lambda(lambda s: K.expand_dims(s[:, 0], -1), output_shape=(self.action_size,))(value)
        advantage = Dense(self.action_size)(x)
        advantage = Lambda(
            lambda a: a[:, :] - K.mean(a[:, :], axis=1, keepdims=True),
            output_shape=(self.action_size,),
        )(advantage)
        q = Add()([value, advantage])
        model = Model(inputs=state, outputs=q)
        model.compile(loss=huber_loss, optimizer=Adam(lr=self.learning_rate))
        return model

    def update_target_model(self):
        # copy weights from model to target_model
        self.target_model.set_weights(self.model.get_weights())

    def memorize(self, state, action, reward, next_state, done):
        self.memory.append((state, action, reward, next_state, done))

    def act(self, state):
        if np.random.rand() <= self.epsilon:
            return random.randrange(self.action_size)
        act_values = self.model.predict(state, verbose=0)
        return int(np.argmax(act_values[0]))  # returns action

    def replay(self, batch):
        for state, action, reward, next_state, done in batch:
            target = self.model.predict(state, verbose=0)
            if done:
                target[0][action] = reward
            else:
                # a = self.model.predict(next_state)[0]
                t = self.target_model.predict(next_state, verbose=0)[0]
                target[0][action] = reward + self.gamma * np.amax(t)
                # target[0][action] = reward + self.gamma * t[np.argmax(a)]
            self.model.fit(state, target, epochs=1, verbose=0)


rng = np.random.RandomState(71)
agent = DQNAgent(4, 3)
agent.model.compile(loss=huber_loss, optimizer=Adam(learning_rate=0.01))
agent.model.set_weights([rng.normal(0, 0.5, w.shape) for w in agent.model.get_weights()])
agent.update_target_model()
actions = []
for step in range(2):
    state, following = rng.normal(size=(2, 1, 4)).astype("float32")
    actions.append(agent.act(state))
    agent.memorize(state, actions[-1], 1.0, following, step == 1)
agent.replay(agent.memory)
batch = np.concatenate([one[0] for one in agent.memory])
loss = agent.model.train_on_batch(batch, agent.target_model.predict_on_batch(batch))
result = {
    "actions": actions,
    "loss": float(np.ravel(loss)[0]),
    "weights": agent.model.get_weights(),
    "target": agent.target_model.get_weights(),
}
