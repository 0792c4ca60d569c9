package org.adapt4j.toolkit.network;

/**
 * Sizes of an image, or of a stack of frames.
 *
 * @param channels colours, or frames of a stack
 * @param channelsFirst whether the bytes lie as {@code [channels, height, width]} instead of {@code [height, width, channels]}
 */
public record ImageShape(int height, int width, int channels, boolean channelsFirst) {}
