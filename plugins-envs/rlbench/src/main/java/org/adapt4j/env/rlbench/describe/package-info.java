/**
 * How a task is described: one class of {@code org.adapt4j.env.rlbench.task} that implements {@link
 * org.adapt4j.env.rlbench.describe.Description}. It says what stands on the table ({@link org.adapt4j.env.rlbench.scene.Objects}), where it
 * is put in an episode ({@link org.adapt4j.env.rlbench.describe.Layout}), when the task is done ({@link
 * org.adapt4j.env.rlbench.describe.Condition}), how the expert does it ({@link org.adapt4j.env.rlbench.describe.Script}), and what the
 * low-dimensional state tells ({@link org.adapt4j.env.rlbench.describe.State}). Nothing else names the task.
 */
@NullMarked
package org.adapt4j.env.rlbench.describe;

import org.jspecify.annotations.NullMarked;
