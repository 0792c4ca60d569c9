"""Processor time of an update of C2F-ARM in PyTorch: what C2fArmSpeed does, but for the voxels, which are there.

    OMP_NUM_THREADS=1 python3 c2f_arm_updates.py KERNELS INNER SIDE DEPTHS BATCH UPDATES
"""
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F

SLOPE = 0.02


def act(x):
    return F.leaky_relu(x, SLOPE)


def conv(inputs, outputs, kernel):
    return nn.Conv3d(inputs, outputs, kernel, padding=kernel // 2, padding_mode="replicate" if kernel > 1 else "zeros")


class Branches(nn.Module):
    def __init__(self, inputs, outputs, inner):
        super().__init__()
        self.alone = conv(inputs, outputs // 2, 1)
        self.near = nn.ModuleList([conv(inputs, inner, 1), conv(inner, outputs // 4, 3)])
        self.far = nn.ModuleList([conv(inputs, inner, 1), conv(inner, inner, 3), conv(inner, outputs // 4, 3)])

    def forward(self, x):
        near, far = x, x
        for layer in self.near:
            near = act(layer(near))
        for layer in self.far:
            far = act(layer(far))
        return torch.cat([act(self.alone(x)), near, far], 1)


class Network(nn.Module):
    def __init__(self, k, inner, side, seen, volumes, outputs):
        super().__init__()
        self.levels = (side // 4).bit_length() - 1
        self.input = Branches(10, k, inner)
        self.vector = nn.Linear(seen, k)
        self.down = nn.ModuleList()
        channels = 2 * k
        for level in range(self.levels + 1):
            self.down.append(Branches(channels, k << level, inner))
            channels = k << level
        self.first, self.second = nn.ModuleList(), nn.ModuleList()
        for level in range(self.levels, 0, -1):
            self.first.append(Branches(channels, k, inner))
            self.second.append(Branches(k, k, inner))
            channels = k + (k << (level - 1))
        self.features = conv(channels, k, 3)
        self.values = conv(k, volumes, 3)
        self.dense = None
        if outputs:
            self.dense = nn.ModuleList(
                [nn.Linear(4 * (k << (self.levels + 1)), 128), nn.Linear(128, 128), nn.Linear(128, outputs)])

    def located(self, x):
        n, c, side = x.shape[:3]
        line = torch.linspace(-1, 1, side)
        places = torch.stack(torch.meshgrid(line, line, line, indexing="ij"), -1).reshape(-1, 3)[:, [1, 0, 2]]
        where = torch.softmax(x.reshape(n, c, -1) / 0.01, -1) @ places
        return [where.reshape(n, -1), x.amax((2, 3, 4))]

    def forward(self, grid, seen):
        x = act(self.input(grid))
        own = act(self.vector(seen))
        x = torch.cat([x, own[:, :, None, None, None].expand(-1, -1, *x.shape[2:])], 1)
        found, kept = [], []
        for level, block in enumerate(self.down):
            x = block(x)
            if self.dense is not None:
                found += self.located(x)
            kept.append(x)
            if level < self.levels:
                x = F.max_pool3d(x, 3, 2, 1)
        for up in range(self.levels):
            x = F.interpolate(self.first[up](x), scale_factor=2, mode="trilinear", align_corners=False)
            x = torch.cat([kept[self.levels - 1 - up], self.second[up](x)], 1)
        x = act(self.features(x))
        values = self.values(x)
        if self.dense is None:
            return values, None
        y = torch.cat(found + self.located(x), 1)
        return values, self.dense[2](act(self.dense[1](act(self.dense[0](y)))))


def main():
    k, inner, side, depths, batch, updates = map(int, sys.argv[1:7])
    torch.set_num_threads(1)
    logits = depths > 2
    nets = []
    for depth in range(depths):
        last = depth == depths - 1
        make = lambda: Network(k, inner, side, 3, 2 if last and not logits else 1, (218 if logits else 216) if last else 0)
        online, target = make(), make()
        target.load_state_dict(online.state_dict())
        nets.append((online, target, torch.optim.Adam(online.parameters(), 5e-4, weight_decay=1e-6)))
    heads = 5 if logits else 4
    grid, seen = torch.rand(batch, 10, side, side, side), torch.rand(batch, 3)
    weight = torch.rand(batch)
    times = []
    for update in range(updates):
        start = time.process_time()
        for online, target, adam in nets:
            with torch.no_grad():
                best, turns = online(grid, seen)
                expected, theirs = target(grid, seen)
                at = best.flatten(1).argmax(1, True)
                value = expected.flatten(1).gather(1, at)
                if turns is not None:
                    bins = torch.stack([t.argmax(1) + 72 * i for i, t in enumerate(turns.split(72, 1))], 1)
                    value = torch.cat([value, theirs.gather(1, bins)], 1)
                wanted = (0.99 * value.mean(1, True)).clamp(0, 1)
            values, dense = online(grid, seen)
            chosen = values.flatten(1).gather(1, at)
            size = values.abs().flatten(1).mean(1)
            if dense is not None:
                chosen = torch.cat([chosen, dense.gather(1, bins)], 1)
                size = size + dense.abs().mean(1)
            delta = F.smooth_l1_loss(chosen, wanted.expand_as(chosen), reduction="none").mean(1)
            loss = ((delta + size) * weight).mean()
            adam.zero_grad()
            loss.backward()
            nn.utils.clip_grad_value_(online.parameters(), 0.01)
            adam.step()
            with torch.no_grad():
                for theirs, ours in zip(target.parameters(), online.parameters()):
                    theirs.mul_(0.9975).add_(ours, alpha=0.0025)
        times.append(time.process_time() - start)
    print("python: %.3f s per update, best of %d" % (min(times[1:]), updates - 1), flush=True)


main()
