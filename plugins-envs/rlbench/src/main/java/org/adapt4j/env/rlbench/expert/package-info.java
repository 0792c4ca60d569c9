/** The expert that shows each task by its waypoints, and what is made of its play. */
@NullMarked
package org.adapt4j.env.rlbench.expert;

import org.jspecify.annotations.NullMarked;
