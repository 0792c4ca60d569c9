/** The robot and the things on its table: how they are built, and how they move. */
@NullMarked
package org.adapt4j.env.rlbench.scene;

import org.jspecify.annotations.NullMarked;
