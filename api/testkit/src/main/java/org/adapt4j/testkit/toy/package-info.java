/** Benchmarks so small that a method's whole behaviour on them is known. */
@NullMarked
package org.adapt4j.testkit.toy;

import org.jspecify.annotations.NullMarked;
