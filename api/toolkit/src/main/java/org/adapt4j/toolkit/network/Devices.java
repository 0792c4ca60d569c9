package org.adapt4j.toolkit.network;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import org.adapt4j.api.algorithm.Device;

/** Where the tensors of an algorithm live. */
public final class Devices {

    private Devices() {}

    /**
     * A manager of tensors on a device; the caller closes it.
     *
     * @throws IllegalArgumentException if there is no such accelerator, saying what there is
     */
    public static NDManager manager(Device device) {
        if (device.kind() == Device.Kind.CPU) {
            return NDManager.newBaseManager(ai.djl.Device.cpu());
        }
        int there = Engine.getInstance().getGpuCount();
        if (device.index() >= there) {
            throw new IllegalArgumentException("device " + device + " is not there: the tensor library finds " + there
                    + (there == 1 ? " accelerator" : " accelerators")
                    + ". Set device = cpu; or see adapt4j doctor for how to give it a library for CUDA");
        }
        return NDManager.newBaseManager(ai.djl.Device.gpu(device.index()));
    }

    /** Number of accelerators that the tensor library finds. */
    public static int accelerators() {
        return Engine.getInstance().getGpuCount();
    }
}
