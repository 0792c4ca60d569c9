/**
 * Pictures of simulations, made by the processor alone: colours, metric depth and segmentation in one pass, without a display or a graphics
 * library, the same bytes on every machine.
 *
 * <p>{@link org.adapt4j.env.mujoco.render.Renderer} draws what a {@link org.adapt4j.env.mujoco.render.Camera} sees of a {@link
 * org.adapt4j.env.mujoco.render.GeomScene} into an {@link org.adapt4j.env.mujoco.render.Image}; {@link
 * org.adapt4j.env.mujoco.render.Film} makes smoother ones for people. Additions, multiplications, divisions and square roots are all
 * there is per pixel, which Java rounds alike everywhere.
 */
@NullMarked
package org.adapt4j.env.mujoco.render;

import org.jspecify.annotations.NullMarked;
