/**
 * MuJoCo for plug-ins that need physics: models and simulations; pictures of them are in {@link org.adapt4j.env.mujoco.render}.
 *
 * <p>What is missing here stands in {@link org.adapt4j.env.mujoco.binding.MuJoCo}, the whole C API; {@link
 * org.adapt4j.env.mujoco.Model#raw} and {@link org.adapt4j.env.mujoco.Simulation#raw} lead there.
 */
@NullMarked
package org.adapt4j.env.mujoco;

import org.jspecify.annotations.NullMarked;
