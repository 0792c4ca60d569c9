/** What an action does to the robot, in each of RLBench's action modes. */
@NullMarked
package org.adapt4j.env.rlbench.control;

import org.jspecify.annotations.NullMarked;
