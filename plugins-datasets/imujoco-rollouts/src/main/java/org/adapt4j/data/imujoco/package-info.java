/** Rollouts of iMuJoCo's experts, in the layout of its authors. */
@NullMarked
package org.adapt4j.data.imujoco;

import org.jspecify.annotations.NullMarked;
