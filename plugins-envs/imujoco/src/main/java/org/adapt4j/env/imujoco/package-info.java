/** iMuJoCo: three bodies, their variants as tasks, and the rules of Gym's environments. */
@NullMarked
package org.adapt4j.env.imujoco;

import org.jspecify.annotations.NullMarked;
