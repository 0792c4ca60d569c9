/**
 * RLBench's tasks, each described in one file. A class of this package that implements {@link
 * org.adapt4j.env.rlbench.describe.Description} and has a constructor without arguments is a task; nothing names it elsewhere.
 */
@NullMarked
package org.adapt4j.env.rlbench.task;

import org.jspecify.annotations.NullMarked;
