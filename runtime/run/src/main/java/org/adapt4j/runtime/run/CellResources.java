package org.adapt4j.runtime.run;

/**
 * What each cell's process gets.
 *
 * @param heapMegabytes largest Java heap; tensors live outside it
 * @param threads of the numerical libraries; part of the cell's configuration, because it changes the last bits
 * @param accelerated whether its tensors live on an accelerator
 */
public record CellResources(int heapMegabytes, int threads, boolean accelerated) {
    /** Without an accelerator. */
    public CellResources(int heapMegabytes, int threads) {
        this(heapMegabytes, threads, false);
    }
}
