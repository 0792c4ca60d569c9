import os
import random
import sys
import time

from rlbench.backend.exceptions import InvalidActionError


class Observation:
    def __init__(self, config, step, drawn):
        height, width = config.front_camera.image_size
        self.gripper_open = 1.0
        self.joint_positions = [float(step), 0.1, 0.2, 0.3, 0.4, 0.5, 0.6]
        self.joint_velocities = [0.25] * 7
        self.gripper_pose = [0.3, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0]
        self.task_low_dim_state = [drawn, 0.6, 0.7]
        self.front_rgb = [[[row, column, 200 + step] for column in range(width)] for row in range(height)]
        self.front_depth = [[row + 0.5 for _ in range(width)] for row in range(height)]
        if config.front_camera.depth and not config.front_camera.depth_in_meters:
            raise ValueError("depths must be metres")


class TaskEnvironment:
    """The first number of an action tells what happens."""

    def __init__(self, config, task):
        self.config, self.task = config, task
        self.variation = self.steps = 0
        self.drawn = 0.0

    def variation_count(self):
        return self.task.variations

    def set_variation(self, variation):
        self.variation = variation

    def sample_variation(self):
        self.variation = random.randrange(self.task.variations)
        return self.variation

    def see(self):
        return Observation(self.config, self.steps, self.drawn)

    def reset(self):
        self.steps, self.drawn = 0, random.random()
        return ["reach ball %d" % self.variation], self.see()

    def step(self, action):
        first = round(action[0], 3)
        if first == 1.0:
            raise InvalidActionError("A path could not be found because the target is outside of workspace.")
        if first == 1.5:
            raise InvalidActionError("Could not perform IK")
        if first == 2.0:
            print("the scene fell into the sea", flush=True)
            os._exit(3)
        if first == 2.5:
            time.sleep(60)
        if first == 3.0:
            raise RuntimeError("something else")
        self.steps += 1
        done = self.steps == 2
        return self.see(), 1.0 if done else 0.0, done

    def get_demos(self, amount, live_demos, max_attempts):
        assert live_demos and max_attempts == 7
        self.reset()
        demo = []
        for self.steps in range(4):
            demo.append(self.see())
        return [demo]

    def reset_to_demo(self, demo):
        return ["reach ball again"], demo[0]


class Environment:
    action_shape = (8,)

    def __init__(self, action_mode, obs_config, headless, static_positions, attach_grasped_objects, shaped_rewards,
                 arm_max_velocity, arm_max_acceleration):
        assert (arm_max_velocity, arm_max_acceleration) == (1.0, 4.0)
        self.config = obs_config

    def launch(self):
        print("launched", file=sys.stderr)

    def get_task(self, kind):
        return TaskEnvironment(self.config, kind())

    def shutdown(self):
        print("shut down", flush=True)
