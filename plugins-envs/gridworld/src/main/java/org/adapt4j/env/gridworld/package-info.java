/** A grid with a goal that must be found. */
@NullMarked
package org.adapt4j.env.gridworld;

import org.jspecify.annotations.NullMarked;
