/** Packages of runs: one file that says what was run by what, and from which anybody can verify and repeat it. */
@NullMarked
package org.adapt4j.runtime.packaging;

import org.jspecify.annotations.NullMarked;
