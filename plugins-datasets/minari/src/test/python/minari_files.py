"""Writes src/test/resources/minari with h5py as Minari's own storage does (low-level types of version 0.5, and 0.4's metadata).

Twelve episodes, k = 0 .. 11, of 3 + k % 2 steps. Observation row t is (k, t), actions are t / 10 - 0.5, rewards 100 k + t. The last step of
an even episode terminates, of an odd one is cut off. Run it in that folder with Debian's python3-h5py.
"""
import json
import os

import h5py
import numpy as np


def write(file):
    for k in range(12):
        steps = 3 + k % 2
        group = file.create_group(f"episode_{k}", track_order=True)
        group.attrs["id"] = k
        group.attrs["seed"] = np.uint64(2**63 + k)
        group.attrs["total_steps"] = steps
        observations = np.array([[k, t] for t in range(steps + 1)], dtype="float64")
        actions = np.array([[t / 10 - 0.5] for t in range(steps)], dtype="float32")
        rewards = np.array([100 * k + t for t in range(steps)], dtype="float64")
        ends = np.arange(steps) == steps - 1
        for name, data in {
            "observations": observations,
            "actions": actions,
            "rewards": rewards,
            "terminations": ends & (k % 2 == 0),
            "truncations": ends & (k % 2 == 1),
        }.items():
            group.create_dataset(name, data=data, chunks=True, maxshape=(None, *data.shape[1:]))
        group.create_group("infos")
        group.attrs["rewards_sum"] = rewards.sum()


def box(low, high, n):
    return json.dumps({"type": "Box", "dtype": "float64", "shape": [n], "low": [low] * n, "high": [high] * n})


os.makedirs("imujoco/stick/base-v0/data", exist_ok=True)
with h5py.File("imujoco/stick/base-v0/data/main_data.hdf5", "w", track_order=True) as file:
    write(file)
with open("imujoco/stick/base-v0/data/metadata.json", "w") as out:
    json.dump(
        {
            "dataset_id": "imujoco/stick/base-v0",
            "total_episodes": 12,
            "total_steps": 42,
            "data_format": "hdf5",
            "observation_space": box(-np.inf, np.inf, 2),
            "action_space": box(-1.0, 1.0, 1),
            "minari_version": "0.5.3",
            # A bare word of Python's that JSON does not have, as some versions wrote outside of strings.
            "ref_max_score": np.inf,
        },
        out,
    )

# Version 0.4: metadata are attributes of the root. This one also packs its numbers, and has two parts to see.
os.makedirs("old/stick-v1/data", exist_ok=True)
with h5py.File("old/stick-v1/data/main_data.hdf5", "w") as file:
    file.attrs["dataset_id"] = "old/stick-v1"
    file.attrs["minari_version"] = "0.4.3"
    file.attrs["total_episodes"] = 1
    group = file.create_group("episode_0")
    group.attrs["id"] = 0
    parts = group.create_group("observations")
    parts.create_dataset("place", data=np.array([[1.5], [2.5], [3.5]]), compression="gzip", shuffle=True)
    parts.create_dataset("picture", data=np.arange(3 * 4, dtype="uint8").reshape(3, 2, 2, 1) + 240)
    group.create_dataset("actions", data=np.array([2, 0], dtype="int64"))
    group.create_dataset("rewards", data=np.array([1.0, 2.0]))
    group.create_dataset("terminations", data=np.array([False, True]))
    group.create_dataset("truncations", data=np.array([False, False]))
