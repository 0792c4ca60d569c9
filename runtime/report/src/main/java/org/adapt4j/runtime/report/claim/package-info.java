/** Judges what an experiment's plan claims, by rules that are stated. */
@NullMarked
package org.adapt4j.runtime.report.claim;

import org.jspecify.annotations.NullMarked;
