package org.adapt4j.runtime.run;

/**
 * What each cell's process gets.
 *
 * @param heapMegabytes largest Java heap; tensors live outside it
 * @param threads of the numerical libraries; part of the cell's configuration, because it changes the last bits
 */
public record CellResources(int heapMegabytes, int threads) {}
