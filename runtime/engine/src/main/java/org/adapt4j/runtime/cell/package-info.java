/** Runs one cell in this JVM: sessions, agents, measuring, checkpoints. */
@NullMarked
package org.adapt4j.runtime.cell;

import org.jspecify.annotations.NullMarked;
