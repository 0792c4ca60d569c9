"""Reads a data set that Adapt4J wrote as Minari 0.5.3's reader does, with its checks, and prints what it finds; for people, needs h5py.

    python3 read_like_minari.py ROOT ID
"""
import json
import re
import sys
from pathlib import Path

import h5py
import numpy as np

root, name = Path(sys.argv[1]), sys.argv[2]
assert re.fullmatch(r"(?:(?P<namespace>[-\w/]+)/)?[-\w]+-v\d+", name), name
for part in range(1, name.count("/") + 1):
    namespace = root.joinpath(*name.split("/")[:part])
    assert json.loads((namespace / "namespace_metadata.json").read_text()) == {}, namespace
metadata = json.loads((root / name / "data" / "metadata.json").read_text())
assert metadata["dataset_id"] == name
assert metadata["data_format"] == "hdf5"
assert metadata["minari_version"] in [f"0.4.{i}" for i in range(4)] + [f"0.5.{i}" for i in range(4)]


def check(space, array):
    """Whether the array holds elements of a space, as gymnasium.spaces.*.contains asks."""
    if space["type"] == "Dict":
        return all(check(space["subspaces"][key], array[key]) for key in space["subspaces"])
    numbers = array[()]
    if space["type"] == "Discrete":
        return numbers.dtype == np.int64 and ((0 <= numbers) & (numbers < space["n"])).all()
    assert numbers.dtype == space["dtype"], (numbers.dtype, space["dtype"])
    assert list(numbers.shape[1:]) == space["shape"], (numbers.shape, space["shape"])
    return (numbers >= np.array(space["low"])).all() and (numbers <= np.array(space["high"])).all()


observation, action = (json.loads(metadata[f"{side}_space"]) for side in ("observation", "action"))
steps = 0
with h5py.File(root / name / "data" / "main_data.hdf5") as file:
    assert len(file.keys()) == metadata["total_episodes"], "an episode id is missing"
    for k in range(metadata["total_episodes"]):
        group = file[f"episode_{k}"]
        attributes = dict(group.attrs)
        assert attributes["id"] == k
        rewards, terminations, truncations = (group[key][:] for key in ("rewards", "terminations", "truncations"))
        assert attributes["total_steps"] == len(rewards) == len(terminations) == len(truncations)
        assert np.isclose(attributes["rewards_sum"], rewards.sum()) and np.isclose(attributes["rewards_std"], rewards.std())
        assert check(observation, group["observations"]) and check(action, group["actions"])
        first = group["observations"] if isinstance(group["observations"], h5py.Dataset) else next(iter(group["observations"].values()))
        assert len(first) == len(rewards) + 1 and len(group["actions"]) == len(rewards)
        assert bool(terminations[-1]) or bool(truncations[-1]), "an episode must end"
        steps += len(rewards)
assert steps == metadata["total_steps"]
print(f"{name}: {metadata['total_episodes']} episodes, {steps} steps, {metadata['dataset_size']} MB, sound")
