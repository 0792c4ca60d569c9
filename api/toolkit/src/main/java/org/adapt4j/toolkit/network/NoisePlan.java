package org.adapt4j.toolkit.network;

import java.util.ArrayList;
import java.util.List;

/** How much noise the noisy layers of a network need. Plain Java; the numbers themselves are a {@link Noise}. */
public final class NoisePlan {

    private final List<Integer> sizes = new ArrayList<>();
    private int numbers;

    /** Reserves numbers; returns the index of the part. */
    int add(int size) {
        sizes.add(size);
        numbers += size;
        return sizes.size() - 1;
    }

    /** Numbers of a draw. */
    public int count() {
        return numbers;
    }

    /** Where each part but the first begins. */
    long[] cuts() {
        long[] cuts = new long[Math.max(0, sizes.size() - 1)];
        long at = 0;
        for (int i = 0; i < cuts.length; i++) {
            at += sizes.get(i);
            cuts[i] = at;
        }
        return cuts;
    }
}
