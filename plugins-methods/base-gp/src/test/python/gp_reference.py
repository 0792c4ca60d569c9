"""Reference for regression with a Gaussian process: Rasmussen and Williams 2006, equations 2.23 and 2.24, by inverting the whole matrix.
How it is run stands in reference.py.
"""
import pathlib
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[5] / "api/testkit/src/test/python"))

import torch

import reference as r



def kernel(one, other, length, variance):
    return variance * torch.exp(-torch.cdist(one, other) ** 2 / (2 * length ** 2))


def case(seed, length, variance, noise, before, pairs, asked):
    chance = r.Chance(seed)
    x, y, at = chance.normal(before + pairs, 3), chance.normal(before + pairs, 2), chance.normal(asked, 3)
    inverse = torch.linalg.inv(kernel(x, x, length, variance) + noise * torch.eye(len(x)))
    across = kernel(at, x, length, variance)
    return {
        "length-scale": length, "signal-variance": variance, "noise-variance": noise, "before": before, "pairs": pairs, "asked": asked,
        "states": x[:, :2], "extras": x[:, 2], "actions": y, "asked-states": at[:, :2], "asked-extras": at[:, 2],
        "mean": across @ inverse @ y, "covariance": kernel(at, at, length, variance) - across @ inverse @ across.T,
        "loss": float(((kernel(x, x, length, variance) @ inverse @ y - y) ** 2).mean())}


if __name__ == "__main__":
    r.show({"all at once": case(1, 0.8, 1.7, 0.09, 0, 7, 4), "carried over": case(2, 1.6, 0.6, 0.02, 4, 5, 3)}, digits=15)
