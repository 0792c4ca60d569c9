#!/usr/bin/env python3
"""Plays RLBench for a program that connects over TCP: protocol rlbench-bridge/1 of Adapt4J.

Part of Adapt4J and under its licence. RLBench (https://github.com/stepjam/RLBench), PyRep and CoppeliaSim are the user's own
installation; this script imports them and holds nothing of theirs.

A frame is four bytes, big-endian, that tell how long the header is; the header, JSON in UTF-8; then the arrays that header["arrays"]
describes, little-endian, one after the other: [{"name", "dtype", "shape", "offset", "bytes"}]. The client asks, the server answers:

    hello       token, version           -> hello       version, versions, tasks, robots
    ping                                 -> pong
    configure   see World.configure      -> configured  action_size, observation
    task        name                     -> task        variations
    reset       variation, seed          -> observation instructions, variation; arrays
    step        array "action"           -> outcome     reward, terminate, info {error, reason, success}; arrays unless error
    demos       amount, variation, attempts, seed -> frame ... (variation, demo, step; arrays), then end with the number of demos
    reset_to_demo  demo                  -> observation
    close                                -> closed

Whatever goes wrong is answered by error with code, message and class. The token is the contents of the environment variable
ADAPT4J_BRIDGE_TOKEN or of the file given. Seeds are given to numpy; CoppeliaSim itself is not deterministic.
"""

import argparse
import hmac
import importlib
import json
import os
import pkgutil
import platform
import random
import socket
import struct
import sys
import traceback

VERSION = "rlbench-bridge/1"
LARGEST_HEADER = 1 << 20
LARGEST_BODY = 1 << 28
PATIENCE_FOR_HELLO = 30
PATIENCE_FOR_CLIENT = 300
CAMERAS = ("left_shoulder", "right_shoulder", "overhead", "wrist", "front")
LOW_DIM = (
    "gripper_open",
    "joint_velocities",
    "joint_positions",
    "joint_forces",
    "gripper_pose",
    "gripper_joint_positions",
    "gripper_touch_forces",
    "task_low_dim_state",
)
EXPERT = ("joint_positions", "joint_velocities", "gripper_pose", "gripper_open")
DTYPES = {"uint8": ("B", 1), "int32": ("i", 4), "float32": ("f", 4)}


class Refused(Exception):
    """A request that cannot be granted; the connection stays usable."""

    def __init__(self, code, message):
        super().__init__(message)
        self.code = code


class Broken(Exception):
    """What came is not of this protocol, or there is nobody any more."""

    def __init__(self, code, message):
        super().__init__(message)
        self.code = code


# ---- frames -----------------------------------------------------------------------------------------------------------------


def read_exactly(connection, count):
    parts = bytearray()
    while len(parts) < count:
        part = connection.recv(min(1 << 16, count - len(parts)))
        if not part:
            raise Broken("gone", "the client is gone")
        parts += part
    return bytes(parts)


def read_frame(connection):
    """A header, and its arrays by name as lists of numbers."""
    (length,) = struct.unpack(">I", read_exactly(connection, 4))
    if length > LARGEST_HEADER:
        raise Broken("header", "a header of %d bytes is longer than %d" % (length, LARGEST_HEADER))
    try:
        header = json.loads(read_exactly(connection, length).decode("utf-8"))
    except (UnicodeDecodeError, ValueError, RecursionError) as e:
        raise Broken("header", "the header is not JSON: %s" % e)
    if not isinstance(header, dict) or not isinstance(header.get("type"), str):
        raise Broken("header", "the header has no type")
    arrays = {}
    entries = header.get("arrays", [])
    if not isinstance(entries, list):
        raise Broken("header", "arrays are no list")
    read = 0
    for entry in entries:
        try:
            name, dtype, size, offset = entry["name"], entry["dtype"], int(entry["bytes"]), int(entry["offset"])
            code, width = DTYPES[dtype]
        except (KeyError, TypeError, ValueError) as e:
            raise Broken("header", "an array is not described as agreed: %s" % e)
        if size < 0 or size % width or offset != read or read + size > LARGEST_BODY:
            raise Broken("header", "the array %s has %d bytes at %d" % (name, size, offset))
        arrays[name] = struct.unpack("<%d%s" % (size // width, code), read_exactly(connection, size))
        read += size
    return header, arrays


def packed(value, dtype):
    """Bytes and shape of a number, a list of lists, or an array of numpy."""
    code, width = DTYPES[dtype]
    if hasattr(value, "astype"):
        flat = value.astype("<" + {"uint8": "u1", "int32": "i4", "float32": "f4"}[dtype])
        return flat.tobytes(), list(flat.shape)
    shape = []
    level = value
    while isinstance(level, (list, tuple)):
        shape.append(len(level))
        if not level:
            break
        level = level[0]
    flat = [value]
    for _ in shape:
        flat = [each for part in flat for each in part]
    return struct.pack("<%d%s" % (len(flat), code), *flat), shape


def write_frame(connection, header, arrays=()):
    """Arrays: (name, dtype, value)."""
    entries = []
    body = []
    offset = 0
    for name, dtype, value in arrays:
        data, shape = packed(value, dtype)
        entries.append({"name": name, "dtype": dtype, "shape": shape, "offset": offset, "bytes": len(data)})
        body.append(data)
        offset += len(data)
    header = dict(header, arrays=entries)
    text = json.dumps(header, allow_nan=False).encode("utf-8")
    connection.sendall(struct.pack(">I", len(text)) + text + b"".join(body))


# ---- RLBench ----------------------------------------------------------------------------------------------------------------


def version_of(module):
    try:
        return str(importlib.import_module(module).__version__)
    except Exception:
        pass
    try:
        from importlib import metadata

        return metadata.version(module)
    except Exception:
        return "unknown"


def task_names():
    tasks = importlib.import_module("rlbench.tasks")
    return sorted(each.name for each in pkgutil.iter_modules(tasks.__path__))


def class_of(task):
    if task not in task_names():
        raise Refused("task", "RLBench has no task '%s'" % task)
    module = importlib.import_module("rlbench.tasks." + task)
    return getattr(module, "".join(word[0].upper() + word[1:] for word in task.split("_")))


def seed_everything(seed):
    random.seed(seed)
    try:
        importlib.import_module("numpy").random.seed(seed)
    except ImportError:
        pass


class World:
    """One simulator with one task at a time."""

    def __init__(self):
        self.environment = None
        self.task = None
        self.names = []
        self.demos = []
        self.shaped = False

    def configure(self, asked):
        """cameras: {name: {"size": [h, w], "rgb", "depth", "point_cloud", "mask"}}, low_dim: [names], action: {"arm",
        "gripper", "absolute", "frame", "collision_checking"}, attach, shaped, headless, static_positions, max_velocity,
        max_acceleration."""
        if self.environment is not None:
            raise Refused("configured", "the simulator is configured already; start another one")
        environments = importlib.import_module("rlbench.environment")
        self.shaped = bool(asked["shaped"])
        self.environment = environments.Environment(
            action_mode=self.action_mode(asked["action"], asked["attach"]),
            obs_config=self.observation(asked),
            headless=bool(asked["headless"]),
            static_positions=bool(asked["static_positions"]),
            attach_grasped_objects=bool(asked["attach"]),
            shaped_rewards=self.shaped,
            arm_max_velocity=float(asked["max_velocity"]),
            arm_max_acceleration=float(asked["max_acceleration"]),
        )
        self.environment.launch()
        shape = getattr(self.environment, "action_shape", None)
        seen = [{"name": name, "dtype": dtype} for name, dtype in self.names]
        return {"type": "configured", "action_size": int(shape[0]) if shape else 8, "observation": seen}

    def observation(self, asked):
        configs = importlib.import_module("rlbench.observation_config")
        config = configs.ObservationConfig()
        config.set_all(False)
        for name in EXPERT:
            setattr(config, name, True)
        self.names = []
        for name in asked["low_dim"]:
            if name not in LOW_DIM:
                raise Refused("configure", "there is no quantity '%s'" % name)
            setattr(config, name, True)
            self.names.append((name, "float32"))
        for camera, view in asked["cameras"].items():
            if camera not in CAMERAS:
                raise Refused("configure", "there is no camera '%s'" % camera)
            height, width = view["size"]
            drawn = getattr(config, camera + "_camera")
            drawn.image_size = (int(height), int(width))
            drawn.depth_in_meters = True
            drawn.masks_as_one_channel = True
            for part, dtype in (("rgb", "uint8"), ("depth", "float32"), ("point_cloud", "float32"), ("mask", "int32")):
                setattr(drawn, part, bool(view.get(part)))
                if view.get(part):
                    self.names.append(("%s_%s" % (camera, part), dtype))
        return config

    @staticmethod
    def action_mode(asked, attach):
        modes = importlib.import_module("rlbench.action_modes.action_mode")
        arms = importlib.import_module("rlbench.action_modes.arm_action_modes")
        grippers = importlib.import_module("rlbench.action_modes.gripper_action_modes")
        absolute = bool(asked["absolute"])
        pose = {
            "absolute_mode": absolute,
            "frame": "end effector" if asked["frame"] == "end-effector" and not absolute else "world",
            "collision_checking": bool(asked["collision_checking"]),
        }
        makers = {
            "joint-position": lambda: arms.JointPosition(absolute_mode=absolute),
            "joint-velocity": lambda: arms.JointVelocity(),
            "joint-torque": lambda: arms.JointTorque(),
            "ee-pose-planning": lambda: arms.EndEffectorPoseViaPlanning(**pose),
            "ee-pose-ik": lambda: arms.EndEffectorPoseViaIK(**pose),
        }
        if asked["arm"] not in makers:
            raise Refused("configure", "there is no action mode '%s' for the arm" % asked["arm"])
        kind = grippers.Discrete if asked["gripper"] == "discrete" else grippers.GripperJointPosition
        return modes.MoveArmThenGripper(makers[asked["arm"]](), kind(attach_grasped_objects=bool(attach)))

    def choose(self, name):
        if self.environment is None:
            raise Refused("order", "configure comes before task")
        self.task = self.environment.get_task(class_of(name))
        self.demos = []
        return {"type": "task", "variations": int(self.task.variation_count())}

    def playing(self):
        if self.task is None:
            raise Refused("order", "task comes before all that plays")
        return self.task

    def vary(self, variation):
        task = self.playing()
        if variation == "sample":
            return int(task.sample_variation())
        count = int(task.variation_count())
        if not isinstance(variation, int) or not 0 <= variation < count:
            raise Refused("variation", "variation %s is none of 0 to %d" % (variation, count - 1))
        task.set_variation(variation)
        return variation

    def reset(self, variation, seed):
        seed_everything(seed)
        variation = self.vary(variation)
        instructions, observation = self.playing().reset()
        header = {"type": "observation", "instructions": [str(each) for each in instructions], "variation": variation}
        return header, self.arrays(observation)

    def step(self, action):
        task = self.playing()
        if not action:
            raise Refused("action", "step needs the array 'action'")
        try:
            numpy = importlib.import_module("numpy")
            action = numpy.array(action, dtype=float)
        except ImportError:
            action = list(action)
        try:
            observation, reward, terminate = task.step(action)
        except Exception as e:
            error = error_of(e)
            if error is None:
                raise
            info = {"error": error, "reason": str(e), "success": False}
            return {"type": "outcome", "reward": 0.0, "terminate": False, "info": info}, []
        header = {
            "type": "outcome",
            "reward": float(reward),
            "terminate": bool(terminate),
            "info": {"error": "none", "reason": "", "success": self.is_success(reward)},
        }
        return header, self.arrays(observation)

    def is_success(self, reward):
        """RLBench's reward is 1 for success and else 0, unless it is shaped; then the task has to be asked once more."""
        if not self.shaped:
            return float(reward) == 1.0
        try:
            return bool(self.task._task.success()[0])
        except AttributeError:
            return float(reward) == 1.0

    def arrays(self, observation):
        return [(name, dtype, self.quantity(observation, name)) for name, dtype in self.names]

    @staticmethod
    def quantity(observation, name):
        value = getattr(observation, name)
        if value is None:
            raise Refused("observation", "RLBench gives no %s" % name)
        return [value] if isinstance(value, (bool, int, float)) else value

    def show(self, amount, variation, attempts, seed, send):
        seed_everything(seed)
        variation = self.vary(variation)
        made = 0
        for _ in range(amount):
            (demo,) = self.playing().get_demos(1, live_demos=True, max_attempts=attempts)
            self.demos.append(demo)
            for index in range(len(demo)):
                header = {"type": "frame", "variation": variation, "demo": len(self.demos) - 1, "step": index}
                expert = [("expert_" + name, "float32", self.quantity(demo[index], name)) for name in EXPERT]
                send(header, self.arrays(demo[index]) + expert)
            made += 1
        return {"type": "end", "demos": made}

    def reset_to_demo(self, number):
        if not isinstance(number, int) or not 0 <= number < len(self.demos):
            raise Refused("demo", "there is no demo %s" % number)
        instructions, observation = self.playing().reset_to_demo(self.demos[number])
        return {"type": "observation", "instructions": [str(each) for each in instructions]}, self.arrays(observation)

    def close(self):
        if self.environment is not None:
            self.environment.shutdown()
            self.environment = None


def error_of(exception):
    """What an exception of a step means; None if it is no matter of the action."""
    for kind in type(exception).__mro__:
        if kind.__name__ == "InvalidActionError":
            return "boundary" if "workspace" in str(exception) else "invalid_action"
        if kind.__name__ in ("IKError", "ConfigurationPathError", "ConfigurationError"):
            return "ik"
    return None


# ---- conversation -----------------------------------------------------------------------------------------------------------


def greet(connection, token):
    header, _ = read_frame(connection)
    if header["type"] != "hello":
        raise Broken("order", "hello comes first")
    if not hmac.compare_digest(str(header.get("token", "")).encode("utf-8"), token.encode("utf-8")):
        raise Broken("token", "the token is not the server's")
    if header.get("version") != VERSION:
        raise Broken("version", "the client speaks %s and the server %s" % (header.get("version"), VERSION))
    versions = {each: version_of(each) for each in ("rlbench", "pyrep", "numpy")}
    versions["bridge"] = VERSION
    versions["python"] = platform.python_version()
    versions["coppelia"] = os.path.basename(os.environ.get("COPPELIASIM_ROOT", "")) or "unknown"
    write_frame(
        connection,
        {"type": "hello", "version": VERSION, "versions": versions, "tasks": task_names(), "robots": ["panda"]},
    )


def answer(world, connection, header, arrays):
    """Answers a request; False if it was the last."""
    kind = header["type"]
    if kind == "ping":
        write_frame(connection, {"type": "pong"})
    elif kind == "configure":
        write_frame(connection, world.configure(header))
    elif kind == "task":
        write_frame(connection, world.choose(header["name"]))
    elif kind == "reset":
        write_frame(connection, *world.reset(header["variation"], header["seed"]))
    elif kind == "step":
        write_frame(connection, *world.step(arrays.get("action")))
    elif kind == "demos":
        send = lambda frame, seen: write_frame(connection, frame, seen)
        amount, attempts = int(header["amount"]), int(header["attempts"])
        write_frame(connection, world.show(amount, header["variation"], attempts, header["seed"], send))
    elif kind == "reset_to_demo":
        write_frame(connection, *world.reset_to_demo(header["demo"]))
    elif kind == "close":
        write_frame(connection, {"type": "closed"})
        return False
    else:
        raise Refused("type", "there is no request '%s'" % kind)
    return True


def complain(connection, code, exception):
    try:
        write_frame(connection, {"type": "error", "code": code, "message": str(exception), "class": type(exception).__name__})
    except OSError:
        pass


def converse(connection, token):
    world = World()
    try:
        connection.settimeout(PATIENCE_FOR_HELLO)
        greet(connection, token)
        connection.settimeout(None)
        going = True
        while going:
            header, arrays = read_frame(connection)
            try:
                going = answer(world, connection, header, arrays)
            except (Broken, OSError):
                raise
            except Refused as e:
                complain(connection, e.code, e)
            except KeyError as e:
                complain(connection, "header", Refused("header", "the request lacks %s" % e))
            except Exception as e:
                traceback.print_exc()
                complain(connection, "failed", e)
    except Broken as e:
        if e.code != "gone":
            complain(connection, e.code, e)
    except ImportError as e:
        complain(connection, "import", e)
    except OSError as e:
        print("the connection broke: %s" % e, file=sys.stderr)
    finally:
        connection.close()
        world.close()


def main():
    parser = argparse.ArgumentParser(description="Plays RLBench for Adapt4J (%s)." % VERSION)
    parser.add_argument("--bind", default="127.0.0.1", help="address to listen at; this machine only unless told otherwise")
    parser.add_argument("--port", type=int, default=0, help="0: any that is free")
    parser.add_argument("--token-file", help="instead of ADAPT4J_BRIDGE_TOKEN")
    parser.add_argument("--once", action="store_true", help="end after one client, or if none comes within five minutes")
    asked = parser.parse_args()
    token = os.environ.pop("ADAPT4J_BRIDGE_TOKEN", "")
    if asked.token_file:
        with open(asked.token_file, encoding="utf-8") as file:
            token = file.read().strip()
    if len(token) < 16:
        sys.exit("a token of 16 characters or more is needed, in ADAPT4J_BRIDGE_TOKEN or in --token-file")
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((asked.bind, asked.port))
        listener.listen(1)
        print("%s listens at port %d" % (VERSION, listener.getsockname()[1]), flush=True)
        listener.settimeout(PATIENCE_FOR_CLIENT if asked.once else None)
        while True:
            try:
                connection, _ = listener.accept()
            except socket.timeout:
                sys.exit("nobody came")
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            converse(connection, token)
            if asked.once:
                return


if __name__ == "__main__":
    main()
