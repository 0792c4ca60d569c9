/** RL². */
@NullMarked
package org.adapt4j.method.rl2;

import org.jspecify.annotations.NullMarked;
