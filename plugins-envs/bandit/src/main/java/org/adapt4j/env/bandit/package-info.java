/** Bandits whose arms must be found out. */
@NullMarked
package org.adapt4j.env.bandit;

import org.jspecify.annotations.NullMarked;
