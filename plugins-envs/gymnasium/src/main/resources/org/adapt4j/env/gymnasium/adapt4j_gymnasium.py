"""Plays Gymnasium environments for Adapt4J: orders come through standard input, numbers go through files that both sides map.

Orders: a line of JSON that begins with "{" makes a slot's environment or maps its file and is answered by such a line; "r", the slot's number
(32 bits) and a seed (64 bits) reset it, "s" and the slot's number step it, each answered by "+" when the numbers are in the file, or by "!"
and a line of JSON that says what was raised.
Needs Python 3.8, numpy and gymnasium (or gym 0.26).
"""
import collections
import importlib
import json
import mmap
import os
import struct
import sys
import traceback

import numpy

REWARD, FLAGS, ACTION = 0, 8, 16
FLOAT_MAX = float(numpy.finfo(numpy.float32).max)

orders = sys.stdin.buffer
answers = os.fdopen(os.dup(1), "wb", buffering=0)
os.dup2(2, 1)  # what an environment prints must not be taken for an answer


class Refused(Exception):
    """A space that Adapt4J has no word for."""


def library():
    for name in ("gymnasium", "gym"):
        try:
            return importlib.import_module(name)
        except ImportError as missing:
            last = missing
    raise last


def bound(values, inner):
    values = numpy.asarray(values, dtype=numpy.float64)
    return float(numpy.clip(inner(values), -FLOAT_MAX, FLOAT_MAX))


def told(name, space):
    """What Adapt4J is told of a space, and the element type that its numbers travel as."""
    kind = type(space).__name__
    if kind == "Discrete":
        return {"name": name, "kind": "discrete", "size": int(space.n), "start": int(getattr(space, "start", 0)), "element": "int32"}
    if kind != "Box":
        raise Refused("%s is a %s; supported are Box and Discrete, and a Dict of them for observations" % (name, kind))
    dtype = numpy.dtype(space.dtype)
    element = "uint8" if dtype == numpy.uint8 else "float32" if dtype.kind == "f" else "int32"
    low, high = bound(space.low, numpy.min), bound(space.high, numpy.max)
    even = bool(numpy.all(space.low == space.low.flat[0]) and numpy.all(space.high == space.high.flat[0])) if space.low.size else True
    return {"name": name, "kind": "box", "shape": [int(size) for size in space.shape] or [1], "element": element,
            "low": low, "high": high, "even": even}


class Player:
    def __init__(self):
        self.env = self.memory = None

    def make(self, order):
        for module in order["modules"]:
            importlib.import_module(module)
        gym = library()
        if self.env is not None:
            self.env.close()
        self.env = gym.make(order["make"], **order["arguments"])
        space = self.env.observation_space
        parts = sorted(space.spaces.items()) if type(space).__name__ == "Dict" else [("observation", space)]
        self.dict = type(space).__name__ == "Dict"
        self.parts = [(name, part, told(name, part)) for name, part in parts]
        self.action_space = self.env.action_space
        self.action = told("action", self.action_space)
        spec = getattr(self.env, "spec", None)
        steps = getattr(spec, "max_episode_steps", None) if spec is not None else None
        return {"observation": [word for _, _, word in self.parts], "action": self.action, "max-episode-steps": steps or 0,
                "versions": "%s %s, Python %s, numpy %s" % (gym.__name__, gym.__version__, sys.version.split()[0], numpy.__version__)}

    def map(self, order):
        with open(order["map"], "r+b") as file:
            self.memory = mmap.mmap(file.fileno(), order["size"])
        self.views = [numpy.frombuffer(self.memory, dtype=word["element"], offset=offset,
                                       count=int(numpy.prod(word.get("shape", [1]))))
                      for (_, _, word), offset in zip(self.parts, order["offsets"])]
        width = int(numpy.prod(self.action.get("shape", [1])))
        self.chosen = numpy.frombuffer(self.memory, dtype="int32" if self.action["kind"] == "discrete" else "float32", offset=ACTION, count=width)
        return {}

    def write(self, seen):
        for (name, part, word), view in zip(self.parts, self.views):
            values = numpy.asarray(seen[name] if self.dict else seen)
            if values.size != view.size:
                raise ValueError("observation '%s' has shape %s instead of %s" % (name, values.shape, part.shape))
            view[:] = values.reshape(-1) - word["start"] if word["kind"] == "discrete" else values.reshape(-1)

    def reset(self, seed):
        seen, _ = self.env.reset(seed=seed)
        self.write(seen)
        struct.pack_into("=dq", self.memory, REWARD, 0.0, 0)

    def step(self):
        if self.action["kind"] == "discrete":
            action = int(self.chosen[0]) + self.action["start"]
        else:
            action = self.chosen.reshape(self.action_space.shape).astype(self.action_space.dtype)
            if not self.action["even"]:  # of differing bounds Adapt4J knows [-1, 1]
                low, high = self.action_space.low, self.action_space.high
                action = (low + (action + 1) / 2 * (high - low)).astype(self.action_space.dtype)
        seen, reward, terminated, truncated, _ = self.env.step(action)
        self.write(seen)
        struct.pack_into("=dq", self.memory, REWARD, float(reward), bool(terminated) | bool(truncated) << 1)


def line(content):
    return (json.dumps(content) + "\n").encode()


def said(problem):
    where = traceback.extract_tb(problem.__traceback__)[-1]
    return {"refused": isinstance(problem, Refused), "error": "%s: %s (%s, line %d)" % (
        type(problem).__name__, problem, os.path.basename(where.filename), where.lineno)}


def main():
    players = collections.defaultdict(Player)
    while True:
        order = orders.read(1)
        try:
            if order == b"s":
                players[struct.unpack("=i", orders.read(4))[0]].step()
            elif order == b"r":
                slot, seed = struct.unpack("=iq", orders.read(12))
                players[slot].reset(seed)
            elif order == b"{":
                asked = json.loads(order + orders.readline())
                player = players[asked["slot"]]
                answers.write(line(player.map(asked) if "map" in asked else player.make(asked)))
                continue
            else:
                return
            answers.write(b"+")
        except Exception as problem:  # whatever an environment raises is told, not died of
            answers.write((b"" if order == b"{" else b"!") + line(said(problem)))


main()
