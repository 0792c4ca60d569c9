"""What of Gymnasium a test needs: a few environments, and spaces with the attributes that ours looks at."""
import os
import time

import numpy

__version__ = "0.0 of the test"


class Box:
    def __init__(self, low, high, shape=None, dtype=numpy.float32):
        shape = numpy.shape(low) if shape is None else shape
        self.low = numpy.full(shape, low, dtype) if numpy.ndim(low) == 0 else numpy.asarray(low, dtype)
        self.high = numpy.full(shape, high, dtype) if numpy.ndim(high) == 0 else numpy.asarray(high, dtype)
        self.shape, self.dtype = tuple(shape), numpy.dtype(dtype)


class Discrete:
    def __init__(self, n, start=0):
        self.n, self.start = n, start


class Dict:
    def __init__(self, spaces):
        self.spaces = spaces


class Text:
    pass


class Spec:
    def __init__(self, steps):
        self.max_episode_steps = steps


class Walk:
    """A drunken walk to a goal: actions 1 and 2 go left and right, and slip now and then."""

    observation_space = Box(-numpy.inf, numpy.inf, (2,), numpy.float64)
    action_space = Discrete(2, start=1)
    spec = Spec(30)

    def __init__(self, goal=3, fault=""):
        self.goal, self.fault = goal, fault

    def reset(self, seed=None):
        self.random = numpy.random.default_rng(seed)
        self.place, self.time = self.random.normal(), 0
        return self.seen(), {}

    def seen(self):
        if self.fault == "nan" and self.time:
            return numpy.array([numpy.nan, 0])
        if self.fault == "shape" and self.time:
            return numpy.zeros(3)
        return numpy.array([self.place, self.goal], numpy.float64)

    def step(self, action):
        if self.fault:
            print("stepping")
        if self.fault == "raise":
            raise RuntimeError("the legs are tired")
        if self.fault == "exit":
            print("out of here")
            os._exit(7)
        if self.fault == "hang":
            time.sleep(600)
        self.time += 1
        self.place += (action * 2 - 3) + 0.1 * self.random.normal()
        there = abs(self.place - self.goal) < 1
        return self.seen(), numpy.float64(there), there, self.time >= 30, {}

    def close(self):
        pass


class Pair(Walk):
    """Two things to see, and actions of differing bounds."""

    observation_space = Dict({"picture": Box(0, 255, (2, 3, 3), numpy.uint8), "Lamp": Discrete(3, start=1)})
    action_space = Box([0, -10], [1, 10])

    def seen(self):
        return {"picture": numpy.full((2, 3, 3), self.time, numpy.uint8), "Lamp": 1 + self.time % 3}

    def step(self, action):
        self.time += 1
        return self.seen(), float(action[0] + 1000 * action[1]), False, self.time >= 5, {}


class Words(Walk):
    observation_space = Text()


def make(name, **arguments):
    return {"Walk-v0": Walk, "Pair-v0": Pair, "Words-v0": Words}[name](**arguments)
