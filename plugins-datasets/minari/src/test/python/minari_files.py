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

# What cannot be learned from: an episode a defect, by number.
os.makedirs("odd/stick-v1/data", exist_ok=True)
os.makedirs("odd/picture-v1/data", exist_ok=True)
pictures = np.arange(3 * 4 * 5 * 3, dtype="uint8").reshape(3, 4, 5, 3)
coded = np.empty(3, dtype=object)
for i in range(3):
    coded[i] = np.frombuffer(b"\xff\xd8\xff", dtype="uint8")
with h5py.File("odd/stick-v1/data/main_data.hdf5", "w", libver="latest") as file:
    file["two"] = np.array([0.5, -0.5])
    for k, (name, data) in enumerate(
        [
            ("actions", h5py.SoftLink("/two")),
            ("actions", h5py.SoftLink("/nowhere")),
            ("actions", h5py.ExternalLink("other.hdf5", "/two")),
            ("actions", np.array([True, False])),
            ("actions", np.array([0.5, 1.5])),
            ("actions", np.array([0.5, np.nan])),
            ("rewards", np.array([0.0, 1e39])),
            ("rewards", 3.0),
            ("rewards", np.zeros(0)),
            ("terminations", np.array([0, 2])),
            ("terminations", np.array([True, True])),
            ("observations", np.zeros((2, 2))),
        ]
    ):
        group = file.create_group(f"episode_{k}")
        whole = {
            "observations": np.zeros((3, 2)),
            "actions": np.zeros(2),
            "rewards": np.ones(2),
            "terminations": np.array([False, True]),
            "truncations": np.array([False, False]),
        }
        for key, value in {**whole, name: data}.items():
            group[key] = value
with h5py.File("odd/picture-v1/data/main_data.hdf5", "w", libver="latest") as file:
    for k, data in enumerate(
        [
            pictures,
            np.moveaxis(pictures, -1, 1),
            pictures / 255,
            (pictures > 90).astype("float32"),
            pictures.astype("uint16") + 200,
            pictures.reshape(3, -1),
            coded,
        ]
    ):
        group = file.create_group(f"episode_{k}")
        if data is coded:
            group.create_dataset("observations", data=coded, dtype=h5py.vlen_dtype("uint8"))
        else:
            group["observations"] = data
        for name in ["actions", "rewards", "terminations", "truncations"]:
            group[name] = np.zeros(2)
