package org.adapt4j.toolkit.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import org.adapt4j.api.algorithm.Weights;

/** The tensors of a {@link WeightVector}, as views: either constants, or tracked by a gradient scope. */
final class WeightViews implements Weights {

    private final NDArray[] views;

    WeightViews(Layout layout, NDArray flat) {
        int count = layout.slots().size();
        views = new NDArray[count];
        long[] cuts = new long[count - 1];
        for (int i = 0; i < count - 1; i++) {
            cuts[i] = layout.slots().get(i + 1).offset();
        }
        // One node in the graph, whose backward pass writes all gradients side by side.
        NDList parts = flat.split(cuts, 0);
        for (int i = 0; i < count; i++) {
            long[] shape = layout.slots().get(i).shape();
            if (shape.length == 1) {
                views[i] = parts.get(i);
                continue;
            }
            views[i] = parts.get(i).reshape(new Shape(shape));
            if (cuts.length > 0) {
                parts.get(i).close();
            }
        }
    }

    @Override
    public NDArray get(int index) {
        return views[index];
    }
}
